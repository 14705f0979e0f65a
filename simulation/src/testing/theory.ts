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

/** Mean time in D/M/1. */
export function meanTimeDM1(utilisation: number): number {
  return meanTimeDMc(1, utilisation);
}

/**
 * Mean time in D/M/c: sigma solves sigma = exp(-c (1 - sigma) / load), and the law of waiting is Takács' for GI/M/c
 * (Gross and Harris, 1998, 5.3.2).
 */
export function meanTimeDMc(servers: number, load: number): number {
  let sigma = 0;
  for (let i = 0; i < 2_000; i++) sigma = exp((-servers * (1 - sigma)) / load);
  let sum = 1 / (1 - sigma);
  let product = 1;
  let choices = 1;
  for (let busy = 1; busy <= servers; busy++) {
    const stays = exp(-busy / load);
    product *= stays / (1 - stays);
    choices *= (servers - busy + 1) / busy;
    const excess = (servers * (1 - stays) - busy) / (servers * (1 - sigma) - busy);
    sum += (choices / (product * (1 - stays))) * excess;
  }
  return 1 + 1 / (sum * servers * (1 - sigma) * (1 - sigma));
}

/**
 * Mean time in E_k/M/1, as every k-th customer of a Poisson stream finds it: sigma solves
 * sigma = (k rho / (k rho + 1 - sigma))^k (GI/M/1, Kleinrock, section 6.4).
 */
export function meanTimeErlangM1(phases: number, utilisation: number): number {
  const load = phases * utilisation;
  let sigma = 0;
  for (let i = 0; i < 2_000; i++) sigma = pow(load / (load + 1 - sigma), phases);
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

/** Loss of M/D/1 with room for `room` customers, by the chain of customers left behind (Gross and Harris, 1998, 5.1.9). */
export function lossMD1K(utilisation: number, room: number): number {
  const arrivals = [exp(-utilisation)];
  for (let n = 1; n <= room; n++) {
    arrivals.push(((arrivals[n - 1] as number) * utilisation) / n);
  }
  const a = (n: number) => arrivals[n] as number;
  const weights = [1];
  for (let k = 0; k < room - 1; k++) {
    let next = (weights[k] as number) - a(k);
    for (let j = 1; j <= k; j++) next -= (weights[j] as number) * a(k - j + 1);
    weights.push(next / a(0));
  }
  const empty = 1 / weights.reduce((sum, weight) => sum + weight, 0);
  return 1 - 1 / (empty + utilisation);
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

/** Hit ratio of a cache without bound whose items live for a time after each fill; rates are per the time's unit. */
export function hitRatioTtl(rates: readonly number[], ttl: number): number {
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  return rates.reduce((sum, rate) => sum + (rate / total) * ((rate * ttl) / (1 + rate * ttl)), 0);
}

/** Hit ratio of a cache that holds the most popular items always. */
export function hitRatioOfTop(probabilities: readonly number[], capacity: number): number {
  const falling = [...probabilities].sort((a, b) => b - a);
  return falling.slice(0, capacity).reduce((sum, p) => sum + p, 0);
}

/**
 * Throughput and response time of a closed network of queues with exponential service, by exact mean value
 * analysis: `customers` think for `thinkTime` on average, then visit every station with its mean demand.
 * Source: Reiser and Lavenberg, J. ACM 27(2), 1980.
 */
export function closedNetwork(
  customers: number,
  thinkTime: number,
  demands: readonly number[],
): { throughput: number; responseTime: number } {
  let queues = demands.map(() => 0);
  let throughput = 0;
  let responseTime = 0;
  for (let n = 1; n <= customers; n++) {
    const times = demands.map((demand, i) => demand * (1 + (queues[i] as number)));
    responseTime = times.reduce((sum, time) => sum + time, 0);
    throughput = n / (thinkTime + responseTime);
    queues = times.map((time) => throughput * time);
  }
  return { throughput, responseTime };
}
