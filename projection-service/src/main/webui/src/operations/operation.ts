import { HOME_NODE } from 'hub-client';
import { type Foreign, instant, isObject, list, number, text, texts } from '../ui/foreign';

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
  /** The version that is in use again since a newer one did not start; empty when none is. */
  rolledBackTo: string;
}

/** A question an operation has put; it waits for one of the answers. */
export interface OperationInput {
  prompt: string;
  choices: readonly { value: string; label: string }[];
  expiresAt: Date | null;
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
  /** Place of the current step in the plan, from 0; -1 before the first or without a plan. */
  stepIndex: number;
  /** Steps of the plan, 0 without one. */
  stepCount: number;
  /** When it will probably have ended; null while that is not known. */
  etaAt: Date | null;
  /** The step since which it cannot be cancelled any more; empty while it can. */
  tooLateSince: string;
  /** Tags by which affordances are disabled, such as `skill:weather_skill`. */
  scope: readonly string[];
  startedAt: Date | null;
  finishedAt: Date | null;
  error: OperationError | null;
  canCancel: boolean;
  canRetry: boolean;
  /** The wanted version; empty for the newest. */
  version: string;
  /** The operation that needs this one; empty for one of its own. */
  parentId: string;
  nodeId: string;
  input: OperationInput | null;
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
    version: text(record['version']),
    parentId: text(record['parent_id']),
    nodeId: text(record['node_id']),
    input: readInput(record['input']),
    revision: number(record['revision']),
    ...readPlace(record),
  };
}

type Place = Pick<Operation, 'stepIndex' | 'stepCount' | 'etaAt' | 'tooLateSince'>;

/** The document says where in its plan an operation is; the service gives the plan itself. */
function readPlace(record: Foreign): Place {
  const plan = isObject(record['plan'])
    ? { ...record['plan'], count: list(record['plan']['steps']).length }
    : {
        at: record['step_index'],
        count: record['step_count'],
        eta_at: record['eta_at'],
        too_late_since: record['too_late_since'],
      };
  const stepCount = Math.max(0, number(plan.count));
  return {
    stepIndex: stepCount > 0 && typeof plan.at === 'number' ? plan.at : -1,
    stepCount,
    etaAt: instant(plan.eta_at),
    tooLateSince: text(plan.too_late_since),
  };
}

function readInput(record: unknown): OperationInput | null {
  if (!isObject(record)) return null;
  const choices = list(record['choices'])
    .filter(isObject)
    .map((choice) => ({ value: text(choice['value']), label: text(choice['label']) }))
    .filter(({ value }) => value !== '');
  return { prompt: text(record['prompt']), choices, expiresAt: instant(record['expires_at']) };
}

function readError(record: unknown): OperationError | null {
  if (!isObject(record)) return null;
  return {
    message: text(record['message']) || text(record['type']),
    remedy: text(record['remedy']),
    rolledBackTo: isObject(record['details']) ? text(record['details']['rolled_back_to']) : '',
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

/** The newest of the operations that is still under way on this target of a node. */
export function activeOn(
  operations: readonly Operation[],
  target: { kind: string; id: string },
  node: string,
): Operation | null {
  return (
    operations.findLast(
      (operation) =>
        isActive(operation) &&
        (operation.nodeId || HOME_NODE) === node &&
        operation.scope.includes(`${target.kind}:${target.id}`),
    ) ?? null
  );
}

/** One operation with those it has started, in the order in which it did. */
export interface Family {
  head: Operation;
  children: readonly Operation[];
}

/**
 * Every operation once: those of their own, and below each what it needs. What is needed by one
 * that is not shown stands for itself, and so does what several steps below is needed.
 */
export function families(operations: readonly Operation[]): Family[] {
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const isChild = ({ id, parentId }: Operation) => {
    const parent = byId.get(parentId);
    return parent !== undefined && parentId !== id && !byId.has(parent.parentId);
  };
  return operations
    .filter((operation) => !isChild(operation))
    .map((head) => ({
      head,
      children: operations.filter(
        (operation) => operation.parentId === head.id && isChild(operation),
      ),
    }));
}

/** By the time they ended. */
export function newestFirst(ended: readonly Operation[]): Operation[] {
  const at = (operation: Operation) =>
    (operation.finishedAt ?? operation.startedAt)?.getTime() ?? 0;
  return [...ended].sort((one, other) => at(other) - at(one));
}
