import { HOME_NODE } from 'hub-client';
import { useEffect, useState } from 'react';
import type { ServiceClient } from '../http/service-client';
import { isObject, list, text } from '../ui/foreign';

/** A node things can be installed on. */
export interface Node {
  id: string;
  isReachable: boolean;
}

const HOME: Node = { id: HOME_NODE, isReachable: true };

/** The node that things are installed on, and which there are. */
export interface NodeChoice {
  node: string;
  known: readonly Node[];
  choose: (node: string) => void;
}

/** The nodes operations-service knows of, asked for whenever somebody is about to choose. */
export function useNodes(operations: ServiceClient, isChoosing: boolean): NodeChoice {
  const [node, choose] = useState(HOME_NODE);
  const [known, setKnown] = useState<readonly Node[]>([HOME]);
  useEffect(() => {
    if (!isChoosing) return;
    const asking = new AbortController();
    operations
      .send('v1/nodes', { signal: asking.signal })
      .then((response) => response.json())
      .then(
        (body: unknown) => setKnown(readNodes(body)),
        // Not known: the hub itself is always there, and the choice stays as it was.
        () => undefined,
      );
    return () => asking.abort();
  }, [operations, isChoosing]);
  const isKnown = known.some(({ id }) => id === node);
  return { node, known: isKnown ? known : [...known, { id: node, isReachable: false }], choose };
}

/** The nodes, the hub first. */
export function readNodes(body: unknown): Node[] {
  const nodes = new Map<string, Node>();
  for (const one of list(isObject(body) ? body['items'] : null).filter(isObject)) {
    const id = text(one['node_id']);
    if (id && id !== HOME_NODE) nodes.set(id, { id, isReachable: one['reachable'] !== false });
  }
  return [HOME, ...[...nodes.values()].sort((a, b) => (a.id < b.id ? -1 : 1))];
}
