import type { DoctorReport, Outlook, Profile } from '@project-devops/simulation/protocol';
import type { Clock } from '../clock.ts';
import { RealDesk } from '../real/real-desk.ts';
import type { RealSessionPorts } from '../real/real-session.ts';
import type { RealModePorts } from '../routes/real-session.ts';
import type { ImageTags } from '../sandbox/desired.ts';
import { createFakeSandbox, type FakeSandbox } from './fake-sandbox.ts';

const READY: DoctorReport = { ready: true, checks: [] };
const OUTLOOK: Outlook = {
  containers: 5,
  cpuMillicores: 1_000,
  memoryMiB: 500,
  hostCores: 2,
  scale: 1,
  missingImages: [],
  overcommitted: false,
};
const demand = { meanMs: 1, cv: 0 };
const PROFILE: Profile = {
  format: 'project-devops/profile@1',
  name: 'test machine',
  measuredOn: '2030-01-02',
  demands: {
    'balancer-request': demand,
    'app-static': demand,
    'app-read': demand,
    'app-write': demand,
    'app-compute': demand,
    'sql-read': demand,
    'sql-write': demand,
    'sql-apply': demand,
    'cache-get': demand,
    'cache-set': demand,
  },
  linkLatencyMs: 0.1,
  quotaPeriodMs: 100,
  hostCores: 2,
};

/** Real mode whose sandboxes are fakes; `sandboxes` holds each that was opened. */
export interface FakeRealMode extends RealModePorts {
  outlook: RealModePorts['outlook'];
  readonly sandboxes: FakeSandbox[];
}

export function createFakeRealMode(
  clock: Clock,
  changes: Partial<RealSessionPorts> = {},
): FakeRealMode {
  const sandboxes: FakeSandbox[] = [];
  const desk = new RealDesk({
    clock,
    examine: async () => READY,
    ensureImages: async () => ({}) as ImageTags,
    profile: async () => PROFILE,
    outlook: async () => OUTLOOK,
    async openSandbox({ game }, news) {
      const sandbox = createFakeSandbox(clock, game.engine.snapshot().topology, news);
      sandboxes.push(sandbox);
      return sandbox;
    },
    ...changes,
  });
  return {
    desk,
    sandboxes,
    examine: async () => READY,
    outlook: async () => OUTLOOK,
    close: () => desk.close(),
  };
}
