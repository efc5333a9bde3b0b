import { useEffect, useState } from 'react';
import type { ServiceClient } from '../http/service-client';
import { isObject, number } from '../ui/foreign';
import { KINDS } from './row';
import type { ShelfSource } from './use-shelf';

/** Changes come in crowds and are asked for together; all browsers hear of them at once. */
const GATHER_MS = 300;
const SPREAD_MS = 1_000;
const ASK_EVERY_MS = 30_000;

/**
 * How many artifacts of a node have a newer version, null while that is not known; asked for when
 * the marketplace tells of a change, and now and then.
 */
export function useUpdates({ client, changes }: ShelfSource, node: string): number | null {
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    const asking = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let dueAt = Infinity;
    // Never later than was meant before: news during a question must not wait for the next turn.
    const askAfter = (ms: number) => {
      if (performance.now() + ms >= dueAt) return;
      dueAt = performance.now() + ms;
      clearTimeout(timer);
      timer = setTimeout(ask, ms);
    };
    const ask = () => {
      dueAt = Infinity;
      // A hidden page shows no button; it asks at the next turn at which it is seen.
      if (document.visibilityState !== 'visible') {
        askAfter(ASK_EVERY_MS);
        return;
      }
      countUpdates(client, node, asking.signal)
        .then(setCount, () => {
          if (!asking.signal.aborted) setCount(null);
        })
        .finally(() => {
          if (!asking.signal.aborted) askAfter(ASK_EVERY_MS);
        });
    };
    const askSoon = () => askAfter(GATHER_MS + Math.random() * SPREAD_MS);
    document.addEventListener('visibilitychange', askSoon);
    const listener = { onLive: () => undefined, onPayload: askSoon };
    const silences = KINDS.map((kind) => changes(kind)(listener));
    ask();
    return () => {
      clearTimeout(timer);
      asking.abort();
      document.removeEventListener('visibilitychange', askSoon);
      silences.forEach((silence) => silence());
    };
  }, [client, changes, node]);
  return count;
}

async function countUpdates(
  client: ServiceClient,
  node: string,
  signal: AbortSignal,
): Promise<number> {
  const response = await client.send('v1/marketplace', {
    query: { status: 'update_available', node_id: node, limit: 1 },
    signal,
  });
  const body: unknown = await response.json();
  return isObject(body) ? number(body['total']) : 0;
}
