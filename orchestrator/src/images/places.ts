import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';

/** The folders that images are made from. */
export interface Places {
  /** The project's checkout. */
  readonly root: string;
  /** What took long to make and outlives the checkout. */
  readonly cache: string;
}

export const PLACES: Places = {
  root: fileURLToPath(new URL('../../../', import.meta.url)),
  cache: envPaths('project-devops', { suffix: '' }).cache,
};
