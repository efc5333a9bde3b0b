import { instant, isObject, list, text } from '../ui/foreign';

export const LEVELS = ['success', 'warning', 'error'] as const;
export type NotificationLevel = (typeof LEVELS)[number];

/** What a person should know after an operation has ended. */
export interface Notification {
  id: string;
  level: NotificationLevel;
  message: string;
  operationId: string;
  targetKind: string;
  targetId: string;
  at: Date | null;
  /** When somebody read it; null before. */
  readAt: Date | null;
}

/** The subtree `runtime/notifications`, newest first. */
export function readNotifications(branch: unknown): Notification[] {
  return list(branch)
    .map(readNotification)
    .filter((one) => one !== null)
    .reverse();
}

function readNotification(record: unknown): Notification | null {
  if (!isObject(record) || !text(record['id'])) return null;
  return {
    id: text(record['id']),
    level: LEVELS.find((known) => known === record['level']) ?? 'warning',
    message: text(record['message']),
    operationId: text(record['operation_id']),
    targetKind: text(record['target_kind']),
    targetId: text(record['target_id']),
    at: instant(record['ts']),
    readAt: instant(record['read_at']),
  };
}

/**
 * Remembers which notifications were there already, so that only new ones pop up: what the page
 * finds on its first sync is history.
 */
export class NewcomerWatch {
  private seen: Set<string> | null = null;

  /** The ones not seen before, oldest first; none on the first call. */
  newIn(notifications: readonly Notification[]): Notification[] {
    const before = this.seen;
    this.seen = new Set(notifications.map((one) => one.id));
    if (before === null) return [];
    return notifications.filter((one) => !before.has(one.id)).reverse();
  }
}
