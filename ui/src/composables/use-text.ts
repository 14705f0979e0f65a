import type { Text } from '@project-devops/simulation/protocol';
import { useSettings } from './use-settings.ts';

/** Reads a text of a scenario in the present language. */
export function useText(): (text: Text) => string {
  const settings = useSettings();
  return (text) => (typeof text === 'string' ? text : text[settings.language]);
}
