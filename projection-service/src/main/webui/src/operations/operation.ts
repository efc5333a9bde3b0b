import { instant, isObject, list, number, text, texts } from '../ui/foreign';

export const OPERATION_STATUSES = [
  'accepted',
  'queued',
  'running',
  'waiting_input',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
  'recoverable',
] as const;
export type OperationStatus = (typeof OPERATION_STATUSES)[number];

const TERMINAL: readonly OperationStatus[] = ['succeeded', 'failed', 'cancelled', 'recoverable'];

export interface OperationError {
  message: string;
  remedy: string;
}

/** One long-running piece of work, as the page needs it. */
export interface Operation {
  id: string;
  kind: string;
  targetKind: string;
  targetId: string;
  status: OperationStatus;
  /** 0 to 100. */
  progress: number;
  message: string;
  currentStep: string;
  /** Tags by which affordances are disabled, such as `skill:weather_skill`. */
  scope: readonly string[];
  startedAt: Date | null;
  finishedAt: Date | null;
  error: OperationError | null;
  canCancel: boolean;
  canRetry: boolean;
  revision: number;
}

export function isActive(operation: Operation): boolean {
  return !TERMINAL.includes(operation.status);
}

/** Null when the record has no id or a status this page does not know. */
export function readOperation(record: unknown): Operation | null {
  if (!isObject(record)) return null;
  const status = OPERATION_STATUSES.find((known) => known === record['status']);
  const id = text(record['operation_id']);
  if (!status || !id) return null;
  return {
    id,
    kind: text(record['kind']),
    targetKind: text(record['target_kind']),
    targetId: text(record['target_id']),
    status,
    progress: Math.min(100, Math.max(0, Math.round(number(record['progress'])))),
    message: text(record['message']),
    currentStep: text(record['current_step']),
    scope: texts(record['scope']),
    startedAt: instant(record['started_at']),
    finishedAt: instant(record['finished_at']),
    error: readError(record['error']),
    canCancel: record['can_cancel'] === true,
    canRetry: record['can_retry'] === true,
    revision: number(record['revision']),
  };
}

function readError(record: unknown): OperationError | null {
  if (!isObject(record)) return null;
  return {
    message: text(record['message']) || text(record['type']),
    remedy: text(record['remedy']),
  };
}

/**
 * The subtree `runtime/operations`, oldest first: by `order`, then what `order` does not name.
 *
 * @param branch the subtree as plain JSON, of any form
 */
export function readOperations(branch: unknown): Operation[] {
  if (!isObject(branch) || !isObject(branch['by_id'])) return [];
  const byId = new Map(Object.entries(branch['by_id']));
  const inOrder = list(branch['order']).filter(
    (id): id is string => typeof id === 'string' && byId.has(id),
  );
  return [...new Set([...inOrder, ...byId.keys()])]
    .map((id) => readOperation(byId.get(id)))
    .filter((operation) => operation !== null);
}

/** The newest of the operations that is still under way on this target. */
export function activeOn(
  operations: readonly Operation[],
  kind: string,
  id: string,
): Operation | null {
  return (
    operations.findLast(
      (operation) => isActive(operation) && operation.scope.includes(`${kind}:${id}`),
    ) ?? null
  );
}

/** By the time they ended. */
export function newestFirst(ended: readonly Operation[]): Operation[] {
  const at = (operation: Operation) =>
    (operation.finishedAt ?? operation.startedAt)?.getTime() ?? 0;
  return [...ended].sort((one, other) => at(other) - at(one));
}
