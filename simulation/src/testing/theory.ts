/**
 * Closed forms of queueing theory for a mean service time of 1. `load` is offered load in servers (a),
 * `utilisation` is load per server (rho).
 * Sources: Kleinrock, Queueing Systems vol. 1 (1975); Erlang B recursion: Jagerman (1974).
 */
import { exp, ln, pow } from '../kernel/det-math.ts';

/** Share of customers lost by M/G/c/c, by the recursion in the number of servers. */
export function erlangB(servers: number, load: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (load * blocked) / (n + load * blocked);
  return blocked;
}

/** Mean time in M/M/c. */
export function meanTimeMMc(servers: number, load: number): number {
  const b = erlangB(servers, load);
  const delayed = b / (1 - (load / servers) * (1 - b));
  return 1 + delayed / (servers - load);
}

/** Mean time in M/G/1, first come first served (Pollaczek, Khinchine). */
export function meanTimeMG1(utilisation: number, cv: number): number {
  return 1 + (utilisation * (1 + cv * cv)) / (2 * (1 - utilisation));
}

/** A quantile of the time in M/M/1, which is exponential. */
export function quantileMM1(utilisation: number, q: number): number {
  return -ln(1 - q) / (1 - utilisation);
}

/** Mean time in D/M/1: sigma solves sigma = exp(-(1 - sigma) / rho). */
export function meanTimeDM1(utilisation: number): number {
  let sigma = 0;
  for (let i = 0; i < 500; i++) sigma = exp(-(1 - sigma) / utilisation);
  return 1 / (1 - sigma);
}

/** Loss and mean time of those admitted in M/M/1 with room for `room` customers. */
export function lossMM1K(utilisation: number, room: number): { loss: number; meanTime: number } {
  const weights = Array.from({ length: room + 1 }, (_, n) => pow(utilisation, n));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const inside = weights.reduce((sum, weight, n) => sum + n * weight, 0) / total;
  const loss = (weights[room] ?? 0) / total;
  return { loss, meanTime: inside / (utilisation * (1 - loss)) };
}

/** N times the variance of the mean waiting time of N customers in a row, in M/M/1 (Daley, 1968). */
export function meanWaitVarianceMM1(rho: number): number {
  return (rho * (2 + 5 * rho - 4 * rho * rho + rho * rho * rho)) / pow(1 - rho, 4);
}

/** Hit ratio of an LRU cache under independent requests (Che, Tung and Wang, 2002). */
export function hitRatioLru(probabilities: readonly number[], capacity: number): number {
  let low = 0;
  let high = 1;
  const filled = (time: number) =>
    probabilities.reduce((sum, p) => sum + 1 - exp(-p * time), 0) - capacity;
  while (filled(high) < 0) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (filled(middle) < 0) low = middle;
    else high = middle;
  }
  return probabilities.reduce((sum, p) => sum + p * (1 - exp(-p * low)), 0);
}
