import { useEffect, useState } from 'react';
import type { ServiceClient } from '../http/service-client';
import { isObject, number } from '../ui/foreign';
import { KINDS } from './row';
import type { ShelfSource } from './use-shelf';

/** Changes come in crowds; they are asked for together. */
const GATHER_MS = 300;
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
    const askAfter = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(ask, ms);
    };
    const ask = () => {
      countUpdates(client, node, asking.signal)
        .then(setCount, () => {
          if (!asking.signal.aborted) setCount(null);
        })
        .finally(() => {
          if (!asking.signal.aborted) askAfter(ASK_EVERY_MS);
        });
    };
    const listener = { onLive: () => undefined, onPayload: () => askAfter(GATHER_MS) };
    const silences = KINDS.map((kind) => changes(kind)(listener));
    ask();
    return () => {
      clearTimeout(timer);
      asking.abort();
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
