import type { Demand, ServiceConfiguration } from '@project-devops/simulation/protocol';
import { createRandom, type Random } from '../work/random.ts';
import { createZipf, type Zipf } from '../work/zipf.ts';

/** Everything that is left to chance: which items and rows are asked for, and how much work is done. */
export class Draws {
  private readonly seed: number;
  private readonly work: Random;
  private readonly itemStream: Random;
  private readonly rowStream: Random;
  private readonly items: Zipf;
  private readonly rows: Zipf;

  /** @param before draws of an earlier configuration; what did not change goes on */
  constructor({ seed, data }: ServiceConfiguration, before: Draws | null) {
    const same = before?.seed === seed ? before : null;
    this.seed = seed;
    this.work = same?.work ?? createRandom(seed, 'work');
    this.itemStream = same?.itemStream ?? createRandom(seed, 'items');
    this.rowStream = same?.rowStream ?? createRandom(seed, 'rows');
    this.items = zipf(before?.items, data.items, data.zipfExponent);
    this.rows = zipf(before?.rows, data.hotRows, data.hotRowExponent);
  }

  /** Milliseconds of CPU time. */
  amount({ meanMs, cv }: Demand): number {
    return this.work.amount(meanMs, cv);
  }

  item(): number {
    return this.items.rank(this.itemStream.float());
  }

  row(): number {
    return this.rows.rank(this.rowStream.float());
  }
}

function zipf(before: Zipf | undefined, size: number, exponent: number): Zipf {
  const same = before?.size === size && before.exponent === exponent;
  return same ? before : createZipf(size, exponent);
}
