import { CATALOG } from './components/catalog.ts';
import { DEFAULT_PROFILE } from './components/default-profile.ts';
import { StateHash } from './kernel/state-hash.ts';

/** Raised with every change of behaviour; the golden traces fail until it is. */
const RULESET_VERSION = 5;

/** Names the rules a run is played under: the version, and a hash of prices, sizes and demands. */
export const RULESET: string = fingerprint();

function fingerprint(): string {
  const hash = new StateHash();
  hash.mixText(JSON.stringify([CATALOG, DEFAULT_PROFILE]));
  return `${RULESET_VERSION}-${hash.digest()}`;
}
