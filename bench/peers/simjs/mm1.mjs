// The queue of simulation/bench/mm1.ts in simjs: same rates, same number of customers.
globalThis.window = globalThis; // where the package puts what it exports
await import('simjs');
const { Entity, Facility, Random, Sim } = globalThis.Sim;

const [customers = 0, arrivalRate = 0, serviceRate = 0] = process.argv.slice(2).map(Number);
const random = new Random(1);
const server = new Facility('server', Facility.FCFS, 1);
let arrived = 0;

class Arrivals extends Entity {
  start() {
    this.setTimer(random.exponential(arrivalRate)).done(() => {
      this.useFacility(server, random.exponential(serviceRate));
      arrived += 1;
      if (arrived < customers) this.start();
    });
  }
}

const sim = new Sim();
sim.addEntity(Arrivals);
const before = process.threadCpuUsage();
sim.simulate(Number.POSITIVE_INFINITY);
const used = process.threadCpuUsage(before);
const cpuMs = (used.user + used.system) / 1000;
const meanSojourn = server.systemStats().durationSeries.average();
console.log(JSON.stringify({ customers: arrived, cpuMs, meanSojourn }));
