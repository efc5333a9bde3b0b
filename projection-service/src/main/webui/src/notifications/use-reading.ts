import { useCallback, useMemo, useState } from 'react';
import { problemOf, type Problem } from '../http/problem';
import type { ServiceClient } from '../http/service-client';
import type { Notification } from './notification';

/** Which notifications were read, and how they become so. */
export interface Reading {
  isRead: (notification: Notification) => boolean;
  /** Reads one. */
  read: (notification: Notification) => void;
  /** Reads this one and all that are older. */
  readThrough: (notification: Notification) => void;
  problem: Problem | null;
}

/** What this page has read counts at once; the document tells the others, and it stays. */
export function useReading(
  operations: ServiceClient,
  notifications: readonly Notification[],
): Reading {
  const [ours, setOurs] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = useCallback(
    (ids: readonly string[], request: () => Promise<unknown>) => {
      setOurs((before) => new Set([...before, ...ids]));
      setProblem(null);
      request().catch((failure: unknown) => {
        setOurs((before) => new Set([...before].filter((id) => !ids.includes(id))));
        setProblem(problemOf(failure));
      });
    },
    [],
  );
  return useMemo(
    () => ({
      problem,
      isRead: ({ id, readAt }) => readAt !== null || ours.has(id),
      read: ({ id }) =>
        send([id], () =>
          operations.send(`v1/notifications/${encodeURIComponent(id)}/read`, { method: 'POST' }),
        ),
      readThrough: ({ id }) => {
        const from = notifications.findIndex((one) => one.id === id);
        send(
          notifications.slice(from).map((one) => one.id),
          () =>
            operations.send('v1/notifications/read', { method: 'POST', body: { through: id } }),
        );
      },
    }),
    [operations, notifications, ours, problem, send],
  );
}
