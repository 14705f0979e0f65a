import {
  type ApplicationOperation,
  applicationOperations,
  type Measurement,
  type NodeId,
  type Scenario,
  type Topology,
} from '@project-devops/simulation/protocol';

/** One class of requests at a light, evenly spaced load for a while. */
export interface Probe {
  readonly requestClass: string;
  readonly ratePerSecond: number;
  readonly seconds: number;
}

/** A topology that runs once, and the probes on it one after the other. */
export interface ProbePlan {
  readonly name: string;
  readonly topology: Topology;
  readonly probes: readonly Probe[];
}

/** What one probe brought. */
export interface ProbedWindows {
  /** Tells this probe from all others. */
  readonly name: string;
  readonly topology: Topology;
  readonly requestClass: string;
  readonly ratePerSecond: number;
  readonly operations: readonly ApplicationOperation[];
  /** Measured rows by window, end to end first. */
  readonly windows: readonly (readonly Measurement[])[];
  /** CPU limit of each node's container in cores. */
  readonly cores: Readonly<Record<NodeId, number>>;
}

/** Calls to stores are told from each other by what one request does. */
export function operationCounts(
  operations: readonly ApplicationOperation[],
): Record<ApplicationOperation, number> {
  const counts = { static: 0, read: 0, write: 0, compute: 0 };
  for (const operation of operations) counts[operation]++;
  return counts;
}

/** The operations of a request of the named class; throws a RangeError for a name that the scenario lacks. */
export function operationsOf(
  classes: Scenario['classes'],
  name: string,
): readonly ApplicationOperation[] {
  const requestClass = classes[name];
  if (requestClass === undefined) throw new RangeError(`the scenario has no class ${name}`);
  return applicationOperations(requestClass);
}
