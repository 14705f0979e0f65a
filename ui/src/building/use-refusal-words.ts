import type { NodeId, Refusal } from '@project-devops/simulation/protocol';
import { useI18n } from 'vue-i18n';
import { useFormat } from '../composables/use-format.ts';
import { useRun } from '../session/use-run.ts';

/** Says in the present language why something was refused and what helps. */
export function useRefusalWords(): (refusal: Refusal) => string {
  const { t } = useI18n({ useScope: 'global' });
  const format = useFormat();
  const run = useRun();

  /** The kinds that a node may call, in words; empty when it may call none. */
  function callable(id: NodeId): string {
    const kind = run.snapshot?.topology.nodes.find((node) => node.id === id)?.kind;
    const entry = run.library?.catalog.find((one) => one.kind === kind);
    return (entry?.linksTo ?? []).map((one) => t(`common.kinds.${one}`)).join(', ');
  }

  function paramsOf({ subject = '', details = {} }: Refusal): Record<string, string> {
    const money = (value: string | number | undefined): string => format.value.money(Number(value));
    const [from = '', to = ''] = subject.split('>');
    return {
      subject: subject.replace('>', ' → '),
      from,
      to,
      allowed: callable(from),
      limit: String(details.limit ?? details.max ?? ''),
      price: money(details.price),
      money: money(details.money),
      kind: details.kind === undefined ? '' : t(`common.kinds.${details.kind}`),
    };
  }

  return (refusal) => {
    const params = paramsOf(refusal);
    const callsNothing = refusal.code === 'link-not-allowed' && params.allowed === '';
    return t(callsNothing ? 'board.connect.nothing' : `common.refusals.${refusal.code}`, params);
  };
}
