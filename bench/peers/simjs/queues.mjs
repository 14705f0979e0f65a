// The bench's queues in simjs. Arguments: the queue and the number of customers.
globalThis.window = globalThis; // where the package puts what it exports
await import('simjs');
const { DataSeries, Entity, Facility, Random, Sim } = globalThis.Sim;

const [workload = 'mm1', wanted = '0'] = process.argv.slice(2);
const customers = Number(wanted);
const random = new Random(1);
const times = new DataSeries('times');
const station = (servers = 1) => new Facility('station', Facility.FCFS, servers);
const draw = (mean) => random.exponential(1 / mean);

/** Customers that arrive until there were enough of them; `serve` sees one of them through. */
class Arrivals extends Entity {
  arrived = 0;

  start({ rate, serve }) {
    this.setTimer(draw(1 / rate)).done(() => {
      serve(this, this.time());
      this.arrived += 1;
      if (this.arrived < customers) this.start({ rate, serve });
    });
  }
}

/** One of the fifty of the closed network, who stop when all have had enough. */
class Thinker extends Entity {
  start({ first, second }) {
    this.setTimer(draw(1)).done(() => {
      const since = this.time();
      this.useFacility(first, draw(0.02)).done(() => {
        this.useFacility(second, draw(0.03)).done(() => {
          times.record(this.time() - since);
          if (times.count() < customers) this.start({ first, second });
        });
      });
    });
  }
}

function single(sim, servers, rate) {
  const server = station(servers);
  const serve = (entity, since) =>
    entity.useFacility(server, draw(1)).done(() => times.record(entity.time() - since));
  sim.addEntity(Arrivals, 'arrivals', { rate, serve });
}

function network(sim) {
  const balancer = station();
  const apps = [station(), station(), station(), station()];
  const cache = station();
  const database = station();
  let turn = 0;
  const serve = (entity, since) => {
    const leave = () => times.record(entity.time() - since);
    const ask = () => {
      entity.useFacility(cache, draw(0.5)).done(() => {
        if (random.random() < 0.8) leave();
        else entity.useFacility(database, draw(4)).done(leave);
      });
    };
    entity.useFacility(balancer, draw(0.5)).done(() => {
      turn = (turn + 1) % apps.length;
      entity.useFacility(apps[turn], draw(3.5)).done(ask);
    });
  };
  sim.addEntity(Arrivals, 'arrivals', { rate: 0.8, serve });
}

function closed(sim) {
  const stations = { first: station(), second: station() };
  for (let i = 0; i < 50; i += 1) sim.addEntity(Thinker, `thinker ${i}`, stations);
}

const QUEUES = {
  mm1: (sim) => single(sim, 1, 0.8),
  mm64: (sim) => single(sim, 64, 51.2),
  network,
  closed,
};
const sim = new Sim();
QUEUES[workload](sim);
const before = process.threadCpuUsage();
sim.simulate(Number.POSITIVE_INFINITY);
const used = process.threadCpuUsage(before);
const cpuMs = (used.user + used.system) / 1000;
console.log(JSON.stringify({ customers: times.count(), cpuMs, mean: times.average() }));
