import type {
  Command,
  CommandType,
  NodeKind,
  RecordedCommand,
} from '@project-devops/simulation/protocol';

/** Commands that change how the run goes; starting and tidying the board do not. */
type ActionType = Exclude<CommandType, 'start-operation' | 'move-node'>;
export type ActionCommand = Extract<Command, { type: ActionType }>;

/** One thing the player did, with its place in the run's list of commands. */
export interface PlayerAction {
  readonly index: number;
  readonly atMs: number;
  /** True for what was built before the traffic started. */
  readonly inSetup: boolean;
  readonly command: ActionCommand;
}

function isAction(command: Command): command is ActionCommand {
  return command.type !== 'start-operation' && command.type !== 'move-node';
}

/** The player's actions in the order in which they were done. */
export function playerActions(commands: readonly RecordedCommand[]): PlayerAction[] {
  const started = commands.findIndex(({ command }) => command.type === 'start-operation');
  const actions: PlayerAction[] = [];
  commands.forEach(({ atMs, command }, index) => {
    if (isAction(command)) {
      actions.push({ index, atMs, inSetup: started === -1 || index < started, command });
    }
  });
  return actions;
}

/** What to say of an action: the message `debrief.action.<message>`, its values, and the kind to name. */
export interface ActionLabel {
  readonly message: string;
  readonly values: Readonly<Record<string, string>>;
  readonly kind: NodeKind | null;
}

function label(
  message: string,
  values: Readonly<Record<string, string>>,
  kind: NodeKind | null = null,
): ActionLabel {
  return { message, values, kind };
}

/** Words for an action. */
export function actionLabel(command: ActionCommand): ActionLabel {
  switch (command.type) {
    case 'place-node': {
      const { node } = command;
      return 'size' in node
        ? label('placed', { id: node.id, size: node.size }, node.kind)
        : label('placedPlain', { id: node.id }, node.kind);
    }
    case 'remove-node':
      return label('removed', { id: command.id });
    case 'connect':
      return label('connected', { from: command.from, to: command.to });
    case 'disconnect':
      return label('disconnected', { from: command.from, to: command.to });
    case 'configure-link':
      return label('linkConfigured', { from: command.from, to: command.to });
    case 'resize-node':
      return label('resized', { id: command.id, size: command.size });
    case 'clone-node':
      return label('cloned', { id: command.id, newId: command.newId });
    case 'configure-node':
      return label('configured', { id: command.id });
    case 'promote-replica':
      return label('promoted', { id: command.id });
    case 'restart-node':
      return label('restarted', { id: command.id });
    case 'inject-fault':
      return label('drilled', { id: command.fault.id });
    case 'deploy':
      return label('deployed', { version: command.version });
    case 'roll-back':
      return label('rolledBack', {});
  }
}
