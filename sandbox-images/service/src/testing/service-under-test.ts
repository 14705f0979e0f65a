import type { ServiceConfiguration } from '@project-devops/simulation/protocol';
import { Registry } from 'prom-client';
import type { Failure } from '../requests/failure.ts';
import { Service } from '../requests/service.ts';
import { FakeStores } from './fake-stores.ts';
import { sampleConfiguration } from './sample-configuration.ts';
import { settle } from './settle.ts';

/** A service between fake stores, whose work ends when the test says so; its clock is the test's. */
export function serviceUnderTest(changes: Partial<ServiceConfiguration> = {}) {
  const stores = new FakeStores();
  const registry = new Registry();
  const bursts: { readonly ms: number; readonly done: () => void }[] = [];
  const time = { ms: 0 };
  const clock = () => time.ms;
  const service = new Service(sampleConfiguration(changes), {
    registry,
    stores: stores.book(clock),
    clock,
    cpuSeconds: () => 0,
    work: (ms, done) => bursts.push({ ms, done }),
  });
  const answers: (Failure | null)[] = [];
  return {
    ...{ service, stores, registry, bursts, time, answers },
    /** Takes a request; its answer is added to `answers`. */
    take: (requestClass: string) => service.take(requestClass, (answer) => answers.push(answer)),
    /** Ends the burst that runs. */
    async work(): Promise<void> {
      bursts.shift()?.done();
      await settle();
    },
    /** The value of a sample, named with its labels as in the text form; 0 when it is not there. */
    async sample(name: string): Promise<number> {
      const lines = (await registry.metrics()).split('\n');
      return Number(lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1] ?? 0);
    },
  };
}
