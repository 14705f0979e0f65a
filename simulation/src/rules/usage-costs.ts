import { END_TO_END, type Measurement, type NodeId, type UsagePrice } from '../protocol/index.ts';

/**
 * What a node's window cost beyond its hourly cost, in dollars per hour of game time: a function's
 * requests and the time its instances were at work for them, a service's replicas after the first.
 */
export function usageCostPerHour(
  row: Measurement,
  usagePrice: UsagePrice | undefined,
  secondsPerGameHour: number,
): number {
  const { running, starting } = row.instances ?? { running: 1, starting: 0 };
  if (usagePrice === undefined) {
    return (row.costPerHour ?? 0) * Math.max(0, running + starting - 1);
  }
  const windowSeconds = (row.endMs - row.startMs) / 1000;
  if (windowSeconds === 0) return 0;
  const thousandSeconds = row.latency.sumMs / 1e6;
  const cost =
    (row.served / 1000) * usagePrice.perThousandRequests +
    thousandSeconds * usagePrice.perThousandSeconds;
  return (cost / windowSeconds) * secondsPerGameHour;
}

interface UsagePricing {
  /** Undefined for a node that is paid by the hour alone. */
  readonly usagePrice: (id: NodeId) => UsagePrice | undefined;
  readonly secondsPerGameHour: number;
}

/** Rows with their usage added to what they cost by the hour, and all of it to the end-to-end row. */
export function withUsageCosts(rows: readonly Measurement[], pricing: UsagePricing): Measurement[] {
  let total = 0;
  const nodes = rows.map((row) => {
    const price = row.node === END_TO_END ? undefined : pricing.usagePrice(row.node);
    const usage = usageCostPerHour(row, price, pricing.secondsPerGameHour);
    total += usage;
    return usage === 0 ? row : { ...row, costPerHour: (row.costPerHour ?? 0) + usage };
  });
  if (total === 0) return nodes;
  return nodes.map((row) =>
    row.node === END_TO_END ? { ...row, costPerHour: (row.costPerHour ?? 0) + total } : row,
  );
}
