import {
  createStream,
  createZipf,
  type RandomStream,
  type ZipfSampler,
} from '@project-devops/simulation';
import type { Demand, ServiceConfiguration } from '@project-devops/simulation/protocol';

/** Everything that is left to chance: which items and rows are asked for, and how much work is done. */
export class Draws {
  private readonly seed: number;
  private readonly data: ServiceConfiguration['data'];
  private readonly work: RandomStream;
  private readonly itemStream: RandomStream;
  private readonly rowStream: RandomStream;
  private readonly items: ZipfSampler;
  private readonly rows: ZipfSampler;

  /** @param before draws of an earlier configuration; what did not change goes on */
  constructor({ seed, data }: ServiceConfiguration, before: Draws | null) {
    const same = before?.seed === seed ? before : null;
    this.seed = seed;
    this.data = data;
    this.work = same?.work ?? createStream(seed, 'work');
    this.itemStream = same?.itemStream ?? createStream(seed, 'items');
    this.rowStream = same?.rowStream ?? createStream(seed, 'rows');
    const sameItems = keepsItems(before?.data, data) ? before?.items : undefined;
    this.items = sameItems ?? createZipf(data.items, data.zipfExponent);
    const sameRows = keepsRows(before?.data, data) ? before?.rows : undefined;
    this.rows = sameRows ?? createZipf(data.hotRows, data.hotRowExponent);
  }

  /** Milliseconds of CPU time. */
  amount({ meanMs, cv }: Demand): number {
    return this.work.serviceTime(meanMs, cv);
  }

  item(): number {
    return this.items.sample(this.itemStream);
  }

  row(): number {
    return this.rows.sample(this.rowStream);
  }
}

type Data = ServiceConfiguration['data'];

const keepsItems = (before: Data | undefined, now: Data): boolean =>
  before?.items === now.items && before.zipfExponent === now.zipfExponent;

const keepsRows = (before: Data | undefined, now: Data): boolean =>
  before?.hotRows === now.hotRows && before.hotRowExponent === now.hotRowExponent;
