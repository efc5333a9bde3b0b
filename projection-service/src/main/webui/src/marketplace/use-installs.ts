import { useCallback, useEffect, useMemo, useState } from 'react';
import { problemOf } from '../http/problem';
import type { ServiceClient } from '../http/service-client';
import { fetchOperation, requestInstall } from '../operations/commands';
import { isActive, type Operation } from '../operations/operation';
import { type InstallRequest, type MarketplaceRow, rowKey } from './row';

const FOLLOW_EVERY_MS = 2_000;

type Requests = ReadonlyMap<string, InstallRequest>;

export interface Installs {
  requests: Requests;
  install: (row: MarketplaceRow) => void;
  /** Follows an installation somebody else asked for as if this page had. */
  adopt: (row: MarketplaceRow, operation: Operation) => void;
  /** Forgets what has ended; the next listing tells. */
  forgetEnded: () => void;
}

/**
 * The installations this page asked for, each followed to its end: through the document, or, while
 * that does not show them, by asking operations-service.
 */
export function useInstalls(
  client: ServiceClient,
  webspace: string,
  operations: readonly Operation[],
): Installs {
  const [requests, setRequests] = useState<Requests>(() => new Map());
  const set = useCallback((key: string, request: InstallRequest) => {
    setRequests((before) => new Map(before).set(key, request));
  }, []);

  const install = useCallback(
    (row: MarketplaceRow) => {
      const key = rowKey(row);
      set(key, { phase: 'requesting' });
      requestInstall(client, row, webspace).then(
        (operation) => set(key, { phase: 'accepted', operation, version: row.version }),
        (failure: unknown) => set(key, { phase: 'refused', problem: problemOf(failure) }),
      );
    },
    [client, webspace, set],
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
  useFollowUp(client, requests, operations, setRequests);

  return useMemo(
    () => ({ requests, install, adopt, forgetEnded }),
    [requests, install, adopt, forgetEnded],
  );
}

/** The requests with what is newly known of their operations; the same map when nothing is. */
export function advance(requests: Requests, operations: readonly Operation[]): Requests {
  let next: Map<string, InstallRequest> | null = null;
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

function useFollowUp(
  client: ServiceClient,
  requests: Requests,
  operations: readonly Operation[],
  setRequests: (update: (before: Requests) => Requests) => void,
): void {
  const unseen = [...requests.values()]
    .filter(
      (request) =>
        request.phase === 'accepted' &&
        isActive(request.operation) &&
        !operations.some((operation) => operation.id === request.operation.id),
    )
    .map((request) => (request.phase === 'accepted' ? request.operation.id : ''))
    .join(' ');
  useEffect(() => {
    if (!unseen) return;
    const timer = setInterval(() => {
      for (const id of unseen.split(' ')) {
        fetchOperation(client, id).then(
          (operation) => setRequests((before) => advance(before, [operation])),
          // Not answered: asked again at the next turn.
          () => undefined,
        );
      }
    }, FOLLOW_EVERY_MS);
    return () => clearInterval(timer);
  }, [client, unseen, setRequests]);
}
