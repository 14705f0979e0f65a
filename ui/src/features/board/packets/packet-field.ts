import { PATH_STEPS, type Path } from '../geometry/path.ts';
import { createEmitter, createJitter, type Emitter, type LinkFlow, type Spawn } from './emitter.ts';
import { MAX_MARKS } from './requests-per-mark.ts';
import { stillMarks } from './still-marks.ts';

/** A link as the packets see it. */
export interface PacketLink {
  readonly key: string;
  readonly path: Path;
  readonly flow: LinkFlow;
}

/** Room for the moments in which the scale is about to change. */
const CAPACITY = MAX_MARKS + 1_000;
/** Numbers a mark takes in `vertices`: x, y, sprite. */
export const VERTEX_SIZE = 3;
/** Marks keep within this distance of the line, in board units. */
const SPREAD = 2.2;

/** All marks on the map: where they are, and where they go next. Lengths are in board units. */
export function createPacketField() {
  const linkOf = new Uint16Array(CAPACITY);
  const share = new Float32Array(CAPACITY);
  const sprite = new Uint8Array(CAPACITY);
  const side = new Float32Array(CAPACITY);
  const vertices = new Float32Array(CAPACITY * VERTEX_SIZE);
  const jitter = createJitter(1);
  let emitters: readonly Emitter[] = [];
  let strides = new Float32Array(0);
  let links: readonly PacketLink[] = [];
  let count = 0;

  function add(link: number, mark: number, at: number): void {
    if (count === CAPACITY) return;
    linkOf[count] = link;
    sprite[count] = mark;
    share[count] = at;
    side[count] = (jitter() * 2 - 1) * SPREAD;
    count++;
  }

  function removeAt(i: number): void {
    count--;
    linkOf[i] = linkOf[count] ?? 0;
    sprite[i] = sprite[count] ?? 0;
    share[i] = share[count] ?? 0;
    side[i] = side[count] ?? 0;
  }

  /** Marks of links that are gone go with them; the others keep their place. */
  function renumber(places: ReadonlyMap<string, number>): void {
    for (let i = count - 1; i >= 0; i--) {
      const place = places.get(links[linkOf[i] ?? 0]?.key ?? '');
      if (place === undefined) removeAt(i);
      else linkOf[i] = place;
    }
  }

  function setLinks(next: readonly PacketLink[]): void {
    const isSame =
      next.length === links.length && next.every((link, i) => link.key === links[i]?.key);
    if (!isSame) {
      renumber(new Map(next.map((link, place) => [link.key, place])));
      const known = new Map(links.map((link, place) => [link.key, emitters[place]]));
      emitters = next.map((link) => known.get(link.key) ?? createEmitter(link.key));
      strides = new Float32Array(next.length);
    }
    links = next;
    next.forEach((link, place) => {
      emitters[place]?.take(link.flow);
    });
  }

  function advance(seconds: number): void {
    links.forEach(({ path }, place) => {
      strides[place] = ((emitters[place]?.speed ?? 0) * seconds) / Math.max(1, path.length);
    });
    for (let i = count - 1; i >= 0; i--) {
      const next = (share[i] as number) + (strides[linkOf[i] as number] as number);
      if (next >= 1) removeAt(i);
      else share[i] = next;
    }
  }

  /** Link that marks are being sent down, for `spawn`. */
  let sending = 0;
  const spawn: Spawn = (mark, age) => {
    const length = Math.max(1, links[sending]?.path.length ?? 1);
    add(sending, mark, Math.min(0.999, (age * (emitters[sending]?.speed ?? 0)) / length));
  };

  /** Moves all marks and sends new ones. */
  function step(seconds: number, perMark: number): void {
    advance(seconds);
    for (sending = 0; sending < emitters.length; sending++) {
      emitters[sending]?.step(seconds, perMark, spawn);
    }
  }

  /** For reduced motion: as many still marks on each link as would be on their way. */
  function freeze(perMark: number): void {
    count = 0;
    links.forEach(({ path, flow }, place) => {
      const total = flow.rates.reduce((sum, rate) => sum + rate, 0);
      if (total === 0) return;
      const marks = Math.max(1, Math.round((total * path.length) / flow.speed / perMark));
      stillMarks(flow, marks).forEach((mark, i) => {
        add(place, mark, (i + 0.5) / marks);
      });
    });
  }

  /** Writes x, y and sprite of each mark to `vertices`, in board units. */
  function place(): void {
    for (let i = 0; i < count; i++) {
      const path = links[linkOf[i] ?? 0]?.path;
      if (!path) continue;
      const { points } = path;
      const at = (share[i] ?? 0) * PATH_STEPS;
      const piece = Math.floor(at);
      const rest = at - piece;
      const x = points[piece * 2] ?? 0;
      const y = points[piece * 2 + 1] ?? 0;
      const dx = (points[piece * 2 + 2] ?? 0) - x;
      const dy = (points[piece * 2 + 3] ?? 0) - y;
      const off = ((side[i] ?? 0) * PATH_STEPS) / Math.max(1, path.length);
      vertices[i * VERTEX_SIZE] = x + dx * rest - dy * off;
      vertices[i * VERTEX_SIZE + 1] = y + dy * rest + dx * off;
      vertices[i * VERTEX_SIZE + 2] = sprite[i] ?? 0;
    }
  }

  return {
    vertices,
    get count() {
      return count;
    },
    setLinks,
    step,
    freeze,
    place,
    clear(): void {
      count = 0;
    },
  };
}
