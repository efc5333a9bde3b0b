import * as random from 'lib0/random';
import { ProblemError, problemOf, unreachable } from '../http/problem';
import type { ServiceClient } from '../http/service-client';
import { type Operation, readOperation } from './operation';
import { isObject, list, text } from '../ui/foreign';

const TRIES = 3;
const TRY_AGAIN_AFTER_MS = 700;

export const VERBS = ['install', 'update', 'uninstall'] as const;
export type Verb = (typeof VERBS)[number];

/** What to do with which artifact, and where. */
export interface ArtifactWish {
  verb: Verb;
  kind: string;
  id: string;
  node: string;
}

/**
 * Asks operations-service to do something with an artifact; the newest version is meant.
 *
 * One call is one wish: lost answers are asked for again under the same idempotency key, so that
 * a wish never becomes two operations.
 *
 * @throws ProblemError when the wish was refused, or nobody answered
 */
export async function requestOperation(
  operations: ServiceClient,
  wish: ArtifactWish,
  webspace: string,
): Promise<Operation> {
  const idempotencyKey = random.uuidv4();
  return again(async () => {
    const response = await operations.send('v1/operations', {
      method: 'POST',
      headers: { 'Idempotency-Key': idempotencyKey },
      body: {
        kind: `${wish.kind}.${wish.verb}`,
        target_kind: wish.kind,
        target_id: wish.id,
        webspace_id: webspace,
        node_id: wish.node,
      },
    });
    const body: unknown = await response.json();
    return understood(readOperation(isObject(body) ? body['operation'] : null));
  });
}

/** What came of *Update skills & scenarios*. */
export interface UpdateAll {
  started: number;
  /** Why some were not started, one sentence each. */
  refused: string[];
}

/** Starts one update for everything that has a newer version on a node. */
export async function requestUpdateAll(
  marketplace: ServiceClient,
  webspace: string,
  node: string,
): Promise<UpdateAll> {
  const requestId = random.uuidv4();
  return again(async () => {
    const response = await marketplace.send('api/node/infrastate/action', {
      method: 'POST',
      body: { id: 'adaos_update', request_id: requestId, webspace_id: webspace, node_id: node },
    });
    return readUpdateAll(await response.json());
  });
}

function readUpdateAll(body: unknown): UpdateAll {
  const answer = isObject(body) ? body : {};
  const result = isObject(answer['result']) ? answer['result'] : null;
  if (!result) {
    throw new ProblemError({
      ...unreachable(),
      status: 200,
      code: text(answer['error']) || 'answer_not_understood',
      detail: text(answer['detail']),
    });
  }
  return {
    started: list(result['operation_ids']).length,
    refused: list(result['operations'])
      .filter(isObject)
      .filter((one) => text(one['error']))
      .map((one) => `${text(one['target_id'])}: ${text(one['detail']) || text(one['error'])}`),
  };
}

async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (failure) {
      const { status } = problemOf(failure);
      const lost = status === 0 || status === 502 || status === 503 || status === 504;
      if (!lost || tried === TRIES) throw failure;
      await new Promise((done) => setTimeout(done, TRY_AGAIN_AFTER_MS * tried));
    }
  }
}

/** One operation as its service knows it now. */
export async function fetchOperation(operations: ServiceClient, id: string): Promise<Operation> {
  const response = await operations.send(`v1/operations/${encodeURIComponent(id)}`);
  return understood(readOperation(await response.json()));
}

/** What came of a wish to cancel: it has ended, or it will. */
export type CancelOutcome = 'cancelled' | 'cancelling';

/** Cancels; refused when it is too late. */
export async function cancelOperation(
  operations: ServiceClient,
  id: string,
): Promise<CancelOutcome> {
  const response = await command(operations, id, 'cancel');
  const body: unknown = await response.json();
  return isObject(body) && body['outcome'] === 'cancelled' ? 'cancelled' : 'cancelling';
}

/** Starts once more what ended without success. */
export async function retryOperation(operations: ServiceClient, id: string): Promise<void> {
  await command(operations, id, 'retry');
}

/** Answers the question an operation has put. */
export async function answerOperation(
  operations: ServiceClient,
  id: string,
  value: string,
): Promise<void> {
  await command(operations, id, 'input', { value });
}

function command(
  operations: ServiceClient,
  id: string,
  verb: string,
  body?: unknown,
): Promise<Response> {
  return operations.send(`v1/operations/${encodeURIComponent(id)}/${verb}`, {
    method: 'POST',
    headers: { 'Idempotency-Key': random.uuidv4() },
    ...(body === undefined ? {} : { body }),
  });
}

function understood(operation: Operation | null): Operation {
  if (operation) return operation;
  throw new ProblemError({
    status: 200,
    code: 'answer_not_understood',
    detail: '',
    remedy: '',
    retryable: false,
    errors: [],
    correlationId: '',
  });
}
