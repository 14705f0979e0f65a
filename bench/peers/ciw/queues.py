"""The bench's queues in Ciw, which keeps a record of each visit; a customer's time is from its first to its last.

Arguments: the queue and the number of customers.
"""

import json
import sys
import time

import ciw

workload, customers = sys.argv[1], int(sys.argv[2])
exponential = ciw.dists.Exponential


class Turns(ciw.routing.NodeRouting):
    """Goes to the four servers behind the balancer in turn."""

    turn = 0

    def next_node(self, ind):
        self.turn = self.turn % 4 + 1
        return self.simulation.nodes[self.turn + 1]


def single(servers, rate):
    return ciw.create_network(
        arrival_distributions=[exponential(rate)],
        service_distributions=[exponential(1)],
        number_of_servers=[servers],
    )


def network():
    means = [0.5, 3.5, 3.5, 3.5, 3.5, 0.5, 4]
    to_cache = ciw.routing.Direct(to=6)
    return ciw.create_network(
        arrival_distributions=[exponential(0.8)] + [None] * 6,
        service_distributions=[exponential(1 / mean) for mean in means],
        number_of_servers=[1] * 7,
        routing=ciw.routing.NetworkRouting(
            routers=[
                Turns(),
                *[to_cache] * 4,
                ciw.routing.Probabilistic(destinations=[7], probs=[0.2]),
                ciw.routing.Leave(),
            ]
        ),
    )


def closed():
    """All fifty arrive at once at the thinking node, and never leave."""
    burst = ciw.dists.Sequential([0.000001, float("inf")])
    return ciw.create_network(
        arrival_distributions=[burst, None, None],
        batching_distributions=[ciw.dists.Deterministic(50)] * 3,
        service_distributions=[exponential(1), exponential(50), exponential(1 / 0.03)],
        number_of_servers=[float("inf"), 1, 1],
        routing=[[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]],
    )


NETWORKS = {
    "mm1": lambda: single(1, 0.8),
    "mm64": lambda: single(64, 51.2),
    "network": network,
    "closed": closed,
}
LAST_NODE = 3


def closed_mean(simulation):
    """Times from the first station's arrivals to the second one's ends, which follow each other."""
    visits = [r for r in simulation.get_all_records() if r.node != 1]
    total = sum(r.exit_date - r.arrival_date for r in visits)
    cycles = sum(1 for r in visits if r.node == LAST_NODE)
    return total / cycles, cycles


def open_mean(simulation):
    times = {}
    for r in simulation.get_all_records():
        times[r.id_number] = times.get(r.id_number, 0.0) + r.exit_date - r.arrival_date
    return sum(times.values()) / len(times), len(times)


ciw.seed(1)
simulation = ciw.Simulation(NETWORKS[workload]())
before = time.thread_time()
if workload == "closed":
    simulation.simulate_until_max_time(customers / 33.16918)
else:
    simulation.simulate_until_max_customers(customers, method="Finish")
cpu_ms = (time.thread_time() - before) * 1000
mean, served = (closed_mean if workload == "closed" else open_mean)(simulation)
print(json.dumps({"customers": served, "cpuMs": cpu_ms, "mean": mean}))
