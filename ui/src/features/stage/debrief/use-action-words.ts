import { useI18n } from 'vue-i18n';
import { type ActionCommand, actionLabel } from './player-actions.ts';

/** Says what a player did in the present language. */
export function useActionWords(): (command: ActionCommand) => string {
  const { t } = useI18n({ useScope: 'global' });

  function settings(command: ActionCommand): string {
    if (command.type !== 'configure-node') return '';
    const { policy, eviction } = command.options;
    const said: string[] = [];
    if (policy !== undefined) said.push(t(`inspector.policies.${policy}`));
    if (eviction !== undefined) said.push(t(`inspector.evictions.${eviction}`));
    return said.join(', ');
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
