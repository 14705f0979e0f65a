import { contentLoad } from '@project-devops/simulation';
import type { LoadPlan, Scenario } from '@project-devops/simulation/protocol';
import { virtualUsers } from '../load/schedule.ts';
import type { Game } from './game.ts';
import type { PlanLoad } from './offering.ts';

export interface PlanLoadOptions {
  readonly game: Game;
  readonly scale: number;
  entry(): string;
}

/** Plans generations up to the stage's end, as if its users stayed as content as they are. */
export function planLoadOf({ game, scale, entry }: PlanLoadOptions): PlanLoad {
  const { scenario, seed } = game.info;
  return (generation, fromSeconds) => {
    const { users } = game.engine.snapshot();
    const steps = contentLoad(scenario, users, fromSeconds).map(({ ratePerSecond }) => ({
      seconds: 1,
      ratePerSecond: ratePerSecond / scale,
    }));
    return loadPlan(scenario, { generation, target: entry(), fromSeconds, steps, seed });
  };
}

/** A generation's plan for a service with these classes and this mix. */
export function loadPlan(
  { classes, mix }: Pick<Scenario, 'classes' | 'mix'>,
  part: Pick<LoadPlan, 'generation' | 'target' | 'steps' | 'seed'> & {
    readonly fromSeconds: number;
  },
): LoadPlan {
  const { fromSeconds, ...rest } = part;
  return {
    ...rest,
    classes: Object.fromEntries(
      Object.entries(classes).map(([name, { onTimeMs, timeoutMs }]) => [
        name,
        { onTimeMs, timeoutMs },
      ]),
    ),
    mix: shifted(mix, fromSeconds),
    virtualUsers: virtualUsers(part.steps, classes),
  };
}

/** The mix with times since `fromSeconds`; what began before holds from the beginning. */
function shifted(mix: Scenario['mix'], fromSeconds: number): LoadPlan['mix'] {
  const begun = mix.filter((entry) => entry.atSeconds <= fromSeconds).length;
  return mix.slice(Math.max(0, begun - 1)).map(({ atSeconds, shares }) => ({
    atSeconds: Math.max(0, atSeconds - fromSeconds),
    shares,
  }));
}
