"""The bench's queues in SimPy, in the manner of its own bank example: a process a customer, a resource a station.

Arguments: the queue and the number of customers.
"""

import itertools
import json
import random
import sys
import time

import simpy

workload, customers = sys.argv[1], int(sys.argv[2])
env = simpy.Environment()
enough = env.event()
draw = random.Random(1).expovariate
hit = random.Random(2).random
served = 0
total = 0.0


def visit(station, mean):
    with station.request() as turn:
        yield turn
        yield env.timeout(draw(1 / mean))


def count(arrived):
    global served, total
    served += 1
    total += env.now - arrived
    if served == customers:
        enough.succeed()


def one_station(station, mean):
    arrived = env.now
    yield from visit(station, mean)
    count(arrived)


def arrivals(rate, customer):
    while True:
        yield env.timeout(draw(rate))
        env.process(customer())


def single(servers, rate):
    station = simpy.Resource(env, servers)
    env.process(arrivals(rate, lambda: one_station(station, 1)))


def network():
    balancer, cache, database = (simpy.Resource(env, 1) for _ in range(3))
    apps = itertools.cycle([simpy.Resource(env, 1) for _ in range(4)])

    def customer():
        arrived = env.now
        yield from visit(balancer, 0.5)
        yield from visit(next(apps), 3.5)
        yield from visit(cache, 0.5)
        if hit() >= 0.8:
            yield from visit(database, 4)
        count(arrived)

    env.process(arrivals(0.8, customer))


def closed():
    first, second = simpy.Resource(env, 1), simpy.Resource(env, 1)

    def customer():
        while True:
            yield env.timeout(draw(1))
            arrived = env.now
            yield from visit(first, 0.02)
            yield from visit(second, 0.03)
            count(arrived)

    for _ in range(50):
        env.process(customer())


{
    "mm1": lambda: single(1, 0.8),
    "mm64": lambda: single(64, 51.2),
    "network": network,
    "closed": closed,
}[workload]()
before = time.thread_time()
env.run(until=enough)
cpu_ms = (time.thread_time() - before) * 1000
print(json.dumps({"customers": served, "cpuMs": cpu_ms, "mean": total / served}))
