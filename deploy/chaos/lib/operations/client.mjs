// Somebody who uses operations-service, stops for nothing, and notes every answer.
import { randomUUID } from 'node:crypto';
import { sleep } from '../../../e2e/lib/hub.mjs';

const ANSWER_MS = 60_000;
const AGAIN_MS = 100;

/** The answers by which a healthy hub may refuse what is asked here. */
const REFUSALS = new Set(['target_busy', 'operation_not_active', 'operation_not_cancellable',
  'operation_not_retryable', 'operation_not_waiting', 'artifact_not_found', 'not_installed']);

export class Client {
  /** Ids that were answered with 202. */
  accepted = new Set();
  cancelled = [];
  answers = {};
  complaints = [];

  /** @param breaker knows whether something is being broken */
  constructor(hub, breaker) {
    Object.assign(this, { hub, breaker, token: hub.adminToken() });
  }

  /** Asks until there is an answer; a key makes repeating it safe. */
  async #ask(path, body, key) {
    for (;;) {
      const from = Date.now();
      try {
        const answer = await fetch(`${this.hub.operations}/v1/operations${path}`, {
          method: 'POST', body: body && JSON.stringify(body), signal: AbortSignal.timeout(ANSWER_MS),
          headers: {
            authorization: `Bearer ${this.token}`, ...(body && { 'content-type': 'application/json' }),
            ...(key && { 'idempotency-key': key }),
          },
        });
        const text = await answer.text();
        if (answer.status < 500 && answer.status !== 429) {
          return { status: answer.status, body: JSON.parse(text), ms: Date.now() - from, from };
        }
        await sleep(this.#again(path, from, JSON.parse(text).code, answer.headers.get('retry-after')));
      } catch (e) {
        this.#unanswered(path, from, String(e.cause ?? e));
      }
      await sleep(AGAIN_MS);
    }
  }

  /** Who is sent away is told when to come back; that is no fault. Gives the time to wait. */
  #again(path, from, code, wait) {
    this.answers[code] = (this.answers[code] ?? 0) + 1;
    const isTold = wait !== null && code !== 'internal';
    if (!isTold && !this.breaker.disturbed(from, Date.now())) {
      this.complaints.push(`${path}: ${code} without a time to come back`);
    }
    return Number(wait ?? 0) * 1_000;
  }

  #unanswered(path, from, why) {
    this.answers.none = (this.answers.none ?? 0) + 1;
    if (!this.breaker.disturbed(from, Date.now())) this.complaints.push(`no answer to ${path}: ${why}`);
  }

  #note({ status, body }) {
    const taken = status === 202 ? body.joined ? 'joined' : 'accepted' : 'answered';
    const name = status < 300 ? taken : body.code;
    this.answers[name] = (this.answers[name] ?? 0) + 1;
    if (status < 300 || REFUSALS.has(body.code)) return;
    this.complaints.push(`${status} ${JSON.stringify(body)}`);
  }

  /** Gives the answer's body when it was accepted. */
  async start(request) {
    const answer = await this.#ask('', request, randomUUID());
    this.#note(answer);
    return this.#taken(answer);
  }

  async retry(id) {
    const answer = await this.#ask(`/${id}/retry`);
    this.#note(answer);
    return this.#taken(answer);
  }

  /** Answers what an operation asks of a person. */
  async input(id, value) {
    this.#note(await this.#ask(`/${id}/input`, { value }));
  }

  #taken({ status, body }) {
    if (status !== 202) return undefined;
    this.accepted.add(body.operation_id);
    return body;
  }

  async cancel(id) {
    const { status, body, ms, from } = await this.#ask(`/${id}/cancel`);
    const outcome = status === 202 ? body.outcome : body.code;
    this.cancelled.push({ id, outcome, ms, disturbed: this.breaker.disturbed(from, from + ms) });
    return outcome;
  }

  /** Waits for the end of an operation. */
  async ended(id, withinMs = 120_000) {
    for (const end = Date.now() + withinMs; Date.now() < end; await sleep(40)) {
      const state = await this.read(`/v1/operations/${id}`);
      if (state && isEnded(state)) return state;
    }
    throw new Error(`${id} has not ended within ${withinMs} ms`);
  }

  /** What stands there; undefined when nobody answers. */
  async read(at) {
    try {
      const answer = await fetch(this.hub.operations + at, {
        headers: { authorization: `Bearer ${this.token}` }, signal: AbortSignal.timeout(ANSWER_MS),
      });
      return answer.ok ? await answer.json() : undefined;
    } catch {
      return undefined;
    }
  }
}

const isEnded = ({ finished_at: at }) => at !== null;
