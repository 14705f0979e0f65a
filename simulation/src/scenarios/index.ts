import type { Scenario } from '../protocol/index.ts';
import { helloWorld } from './hello-world.ts';

/** The stages in their order. */
export const SCENARIOS: readonly Scenario[] = [helloWorld];
