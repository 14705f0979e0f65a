import {
  type CopyKind,
  END_TO_END,
  type Measurement,
  type NodeId,
  type UsagePrice,
} from '../protocol/index.ts';

/** Dollars for taking a copy of a node's data and keeping it until the next: a backup pays for the way and another place. */
const COPY_PRICES: Readonly<Record<CopyKind, number>> = { snapshot: 0.02, backup: 0.1 };

/**
 * What a node's window cost beyond its hourly cost, in dollars per hour of game time: a function's
 * requests and the time its instances were at work for them, a service's replicas after the first, a database's
 * snapshots and backups.
 */
export function usageCostPerHour(
  row: Measurement,
  usagePrice: UsagePrice | undefined,
  secondsPerGameHour: number,
): number {
  const { running, starting } = row.instances ?? { running: 1, starting: 0 };
  const others = usagePrice === undefined ? Math.max(0, running + starting - 1) : 0;
  const replicas = (row.costPerHour ?? 0) * others;
  const windowSeconds = (row.endMs - row.startMs) / 1000;
  if (windowSeconds === 0) return replicas;
  const used = callsCost(row, usagePrice) + copiesCost(row);
  return replicas + (used / windowSeconds) * secondsPerGameHour;
}

function callsCost({ served, latency }: Measurement, price: UsagePrice | undefined): number {
  if (price === undefined) return 0;
  const thousandSeconds = latency.sumMs / 1e6;
  return (served / 1000) * price.perThousandRequests + thousandSeconds * price.perThousandSeconds;
}

function copiesCost({ recovery }: Measurement): number {
  const { snapshots = 0, backups = 0 } = recovery ?? {};
  return snapshots * COPY_PRICES.snapshot + backups * COPY_PRICES.backup;
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
