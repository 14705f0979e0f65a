import type { NodeOptionName, NodeOptions } from '@project-devops/simulation/protocol';

type ChoiceWords<V> = [V] extends [string]
  ? string extends V
    ? unknown
    : { readonly choices: Readonly<Record<V, string>> }
  : unknown;

type MemberWords<V> = { readonly label: string } & ChoiceWords<V>;

type GroupWords<V> = V extends object
  ? string extends keyof V
    ? unknown
    : { readonly members: { readonly [M in keyof V]: MemberWords<V[M]> } }
  : unknown;

type Words<V> = { readonly label: string; readonly hint: string } & ChoiceWords<V> & GroupWords<V>;

/** What a language says of each option: its name, what it does, and the names of its choices and members. */
export type NodeOptionWords = {
  readonly [O in NodeOptionName]-?: Words<NonNullable<NodeOptions[O]>>;
};
