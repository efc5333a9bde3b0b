import { useCallback, useEffect, useMemo, useState } from 'react';
import { problemOf } from '../http/problem';
import type { ServiceClient } from '../http/service-client';
import { fetchOperation, requestOperation, type Verb } from '../operations/commands';
import { isActive, type Operation } from '../operations/operation';
import { type MarketplaceRow, type RowRequest, rowKey, verbOf } from './row';

const FOLLOW_EVERY_MS = 2_000;

/** What the document shows of the operations. */
export interface ShownOperations {
  operations: readonly Operation[];
  /** False while the document may be old. */
  isFresh: boolean;
}

type Requests = ReadonlyMap<string, RowRequest>;

export interface Installs {
  requests: Requests;
  wish: (row: MarketplaceRow, verb: Verb) => void;
  /** Follows work somebody else asked for as if this page had. */
  adopt: (row: MarketplaceRow, operation: Operation) => void;
  /** Forgets what has ended; the next listing tells. */
  forgetEnded: () => void;
}

/**
 * What this page asked for, each followed to its end: through the document, or, while
 * that does not show it or may be old, by asking operations-service.
 */
export function useInstalls(
  client: ServiceClient,
  { webspace, node }: { webspace: string; node: string },
  shown: ShownOperations,
): Installs {
  const { operations } = shown;
  const [requests, setRequests] = useState<Requests>(() => new Map());
  const set = useCallback((key: string, request: RowRequest) => {
    setRequests((before) => new Map(before).set(key, request));
  }, []);

  const wish = useCallback(
    (row: MarketplaceRow, verb: Verb) => {
      const key = rowKey(row);
      set(key, { phase: 'requesting', verb });
      requestOperation(client, { verb, kind: row.kind, id: row.id, node }, webspace).then(
        (operation) => set(key, { phase: 'accepted', verb, operation, version: row.version }),
        (failure: unknown) => set(key, { phase: 'refused', verb, problem: problemOf(failure) }),
      );
    },
    [client, webspace, node, set],
  );

  const adopt = useCallback((row: MarketplaceRow, operation: Operation) => {
    setRequests((before) => {
      const known = before.get(rowKey(row));
      if (known?.phase === 'requesting') return before;
      if (
        known?.phase === 'accepted' &&
        (known.operation.id === operation.id || isActive(known.operation))
      )
        return before;
      return new Map(before).set(rowKey(row), {
        phase: 'accepted',
        verb: verbOf(operation),
        operation,
        version: row.version,
      });
    });
  }, []);

  const forgetEnded = useCallback(
    () =>
      setRequests(
        (before) =>
          new Map(
            [...before].filter(
              ([, request]) =>
                request.phase === 'requesting' ||
                (request.phase === 'accepted' && isActive(request.operation)),
            ),
          ),
      ),
    [],
  );

  useEffect(() => setRequests((before) => advance(before, operations)), [operations]);
  useFollowUp(client, requests, shown, setRequests);

  return useMemo(
    () => ({ requests, wish, adopt, forgetEnded }),
    [requests, wish, adopt, forgetEnded],
  );
}

/** The requests with what is newly known of their operations; the same map when nothing is. */
export function advance(requests: Requests, operations: readonly Operation[]): Requests {
  let next: Map<string, RowRequest> | null = null;
  for (const [key, request] of requests) {
    if (request.phase !== 'accepted') continue;
    const newer = operations.findLast(
      (operation) =>
        operation.id === request.operation.id && operation.revision > request.operation.revision,
    );
    if (newer) (next ??= new Map(requests)).set(key, { ...request, operation: newer });
  }
  return next ?? requests;
}

/** The operations that have to be asked for, since the document does not show how they stand. */
export function unseen(requests: Requests, { operations, isFresh }: ShownOperations): string[] {
  return [...requests.values()].flatMap((request) => {
    if (request.phase !== 'accepted' || !isActive(request.operation)) return [];
    const { id } = request.operation;
    return isFresh && operations.some((operation) => operation.id === id) ? [] : [id];
  });
}

function useFollowUp(
  client: ServiceClient,
  requests: Requests,
  shown: ShownOperations,
  setRequests: (update: (before: Requests) => Requests) => void,
): void {
  const wanted = unseen(requests, shown).join(' ');
  useEffect(() => {
    if (!wanted) return;
    // A service that hangs is not asked again before it has answered.
    const asked = new Set<string>();
    const ask = (id: string) => {
      if (asked.has(id)) return;
      asked.add(id);
      fetchOperation(client, id)
        .then(
          (operation) => setRequests((before) => advance(before, [operation])),
          // Not answered: asked again at the next turn.
          () => undefined,
        )
        .finally(() => asked.delete(id));
    };
    const timer = setInterval(() => wanted.split(' ').forEach(ask), FOLLOW_EVERY_MS);
    return () => clearInterval(timer);
  }, [client, wanted, setRequests]);
}
