import type { NodeOptionName, NodeOptions } from '@project-devops/simulation/protocol';
import { useI18n } from 'vue-i18n';
import { useFormat } from '../composables/use-format.ts';
import { optionUnit, toShown } from './option-units.ts';

const MOST_DIGITS = 3;

/** Says in the present language what options were set to: "Balancing: Round robin, Time to live: 60 s". */
export function useOptionWords(): (options: NodeOptions) => string {
  const { t, te } = useI18n({ useScope: 'global' });
  const format = useFormat();

  function numberWords(name: string, value: number): string {
    const unit = optionUnit(name);
    const number = format.value.number(toShown(value, unit), MOST_DIGITS);
    return unit === null ? number : `${number} ${t(`options.units.${unit}`)}`;
  }

  /** `path` leads to the words of the value; `name` is its last part. */
  function valueWords(path: string, name: string, value: unknown): string {
    if (value === null) return t('options.off');
    if (typeof value === 'boolean') return t(value ? 'options.on' : 'options.off');
    if (typeof value === 'number') return numberWords(name, value);
    if (typeof value !== 'object') {
      const choice = `options.of.${path}.choices.${String(value)}`;
      return te(choice) ? t(choice) : String(value);
    }
    const parts = Object.entries(value as object).map(([member, its]) =>
      name === 'classes'
        ? `${member} → ${String(its)}`
        : valueWords(`${path}.members.${member}`, member, its),
    );
    return parts.length === 0 ? t('options.off') : parts.join(' · ');
  }

  return (options) =>
    (Object.keys(options) as NodeOptionName[])
      .map((name) => `${t(`options.of.${name}.label`)}: ${valueWords(name, name, options[name])}`)
      .join(', ');
}
