import type { Happening, Scenario } from '../protocol/index.ts';
import { endOf } from './traffic.ts';

/** What the departments do in the second after `fromSeconds`. */
export function departmentNews(scenario: Scenario, fromSeconds: number): Happening[] {
  const isNow = (atSeconds: number) => atSeconds >= fromSeconds && atSeconds < fromSeconds + 1;
  return scenario.events.flatMap(({ id, department, atSeconds, message, traffic }) => {
    const news: Happening[] = [];
    if (isNow(atSeconds)) news.push({ type: 'message-received', department, id, text: message });
    if (traffic !== undefined && isNow(traffic.startSeconds)) {
      news.push({ type: 'traffic-started', id, label: traffic.label, factor: traffic.factor });
    }
    if (traffic !== undefined && isNow(endOf(traffic))) {
      news.push({ type: 'traffic-ended', id, label: traffic.label });
    }
    return news;
  });
}
