import { useI18n } from 'vue-i18n';
import { useOptionWords } from '../../../building/use-option-words.ts';
import { type ActionCommand, actionLabel } from './player-actions.ts';

/** Says what a player did in the present language. */
export function useActionWords(): (command: ActionCommand) => string {
  const { t } = useI18n({ useScope: 'global' });
  const optionWords = useOptionWords();

  function settings(command: ActionCommand): string {
    if (command.type !== 'configure-node') return '';
    return optionWords(command.options);
  }

  return (command) => {
    const { message, values, kind } = actionLabel(command);
    return t(`debrief.action.${message}`, {
      ...values,
      kind: kind === null ? '' : t(`common.kinds.${kind}`),
      settings: settings(command),
    });
  };
}
