import type { LoadOrder } from '@project-devops/simulation/protocol';
import http from 'k6/http';
import { setTimeout } from 'k6/timers';

/**
 * k6 has no live rate control, but its control server keeps a text for the script ("setup data"), which
 * the orchestrator puts there and the script looks at.
 */
const ORDERS = 'http://127.0.0.1:6565/v1/setup';
/** The orchestrator orders further ahead than this. */
const LOOK_EVERY_MS = 200;

interface SetupDocument {
  readonly data: { readonly attributes: { readonly data?: LoadOrder } };
}

/** Tells each new order; goes on for ever. */
export async function watchOrders(obey: (order: LoadOrder) => void): Promise<never> {
  let known = '';
  for (;;) {
    const text = await look();
    if (text !== null && text !== known) {
      known = text;
      const order = (JSON.parse(text) as SetupDocument).data.attributes.data;
      if (order !== undefined) obey(order);
    }
    await new Promise<void>((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function look(): Promise<string | null> {
  const response = await http.asyncRequest('GET', ORDERS, null, { responseType: 'text' });
  return response.status === 200 ? response.body : null;
}
