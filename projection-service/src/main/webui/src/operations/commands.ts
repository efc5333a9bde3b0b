import * as random from 'lib0/random';
import { ProblemError, problemOf } from '../http/problem';
import type { ServiceClient } from '../http/service-client';
import { type Operation, readOperation } from './operation';
import { isObject } from '../ui/foreign';

const TRIES = 3;
const TRY_AGAIN_AFTER_MS = 700;

/** What to install. */
export interface InstallTarget {
  kind: string;
  id: string;
}

/**
 * Asks operations-service to install the newest version of an artifact.
 *
 * One call is one wish: lost answers are asked for again under the same idempotency key, so that
 * a wish never becomes two operations.
 *
 * @throws ProblemError when the wish was refused, or nobody answered
 */
export async function requestInstall(
  operations: ServiceClient,
  target: InstallTarget,
  webspace: string,
): Promise<Operation> {
  const idempotencyKey = random.uuidv4();
  for (let tried = 1; ; tried++) {
    try {
      return await postInstall(operations, target, webspace, idempotencyKey);
    } catch (failure) {
      const { status } = problemOf(failure);
      const lost = status === 0 || status === 502 || status === 503 || status === 504;
      if (!lost || tried === TRIES) throw failure;
      await new Promise((done) => setTimeout(done, TRY_AGAIN_AFTER_MS * tried));
    }
  }
}

async function postInstall(
  operations: ServiceClient,
  target: InstallTarget,
  webspace: string,
  key: string,
): Promise<Operation> {
  const response = await operations.send('v1/operations', {
    method: 'POST',
    headers: { 'Idempotency-Key': key },
    body: {
      kind: `${target.kind}.install`,
      target_kind: target.kind,
      target_id: target.id,
      webspace_id: webspace,
    },
  });
  const body: unknown = await response.json();
  return understood(readOperation(isObject(body) ? body['operation'] : null));
}

/** One operation as its service knows it now. */
export async function fetchOperation(operations: ServiceClient, id: string): Promise<Operation> {
  const response = await operations.send(`v1/operations/${encodeURIComponent(id)}`);
  return understood(readOperation(await response.json()));
}

/** Cancels, or starts once more. */
export async function commandOperation(
  operations: ServiceClient,
  id: string,
  verb: 'cancel' | 'retry',
): Promise<void> {
  await operations.send(`v1/operations/${encodeURIComponent(id)}/${verb}`, {
    method: 'POST',
    headers: { 'Idempotency-Key': random.uuidv4() },
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
