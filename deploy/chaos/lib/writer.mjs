// Writers over HTTP, single and in batches, that stop for nothing and note every answer.
import { sleep } from '../../e2e/lib/hub.mjs';

/** No answer takes longer, not even the one that the store is away. */
const ANSWER_MS = 7_000;
const PAUSE_AFTER_FAILURE_MS = 100;

/** Refusals that a fault may cause, or a writer that is too fast. All others are complaints. */
const EXPECTED = {
  store_unavailable: 'unsure',
  policy_unavailable: 'refused',
  not_owner: 'refused',
  upstream_unavailable: 'refused',
  write_amplification: 'refused',
  pending_limit: 'refused',
  mailbox_full: 'refused',
};

/** Which replica is asked for a webspace: the one that was named as its owner. */
export class Routes {
  #byWebspace = new Map();

  constructor(...replicas) {
    this.replicas = replicas;
  }

  of(webspace) {
    return this.#byWebspace.get(webspace) ?? this.replicas[0];
  }

  learn(webspace, replica) {
    this.#byWebspace.set(webspace, replica);
  }

  /** Nobody answered there: the next one is asked. */
  turn(webspace, from) {
    if (this.of(webspace) === from) {
      const next = (this.replicas.indexOf(from) + 1) % this.replicas.length;
      this.#byWebspace.set(webspace, this.replicas[next]);
    }
  }
}

/** One credential in one webspace: it writes, waits for the answer, and writes again. */
export class Writer {
  busy = false;
  attempted = 0;
  refused = 0;
  durableAt = 0;
  outcomes = {};
  #number = 0;

  /**
   * @param owner whom an operator writes for; undefined for a credential of its own
   * @param burst how often one slot is written in every request; undefined for once
   */
  constructor({ scene, seed, token, subject, owner, webspace, slots, paceMs, burst }) {
    Object.assign(this, { scene, seed, token, subject, owner, webspace, slots, paceMs, burst });
  }

  get name() {
    return `${this.subject} in ${this.webspace}`;
  }

  async run() {
    while (!this.scene.over) {
      if (!this.scene.paused) {
        this.busy = true;
        const went = await this.#step();
        this.busy = false;
        if (!went) await sleep(PAUSE_AFTER_FAILURE_MS);
      }
      await sleep(this.seed.between(this.paceMs / 2, this.paceMs * 1.5));
    }
  }

  /** What this process has counted of us so far; a new one begins at 0. */
  forgetCounts() {
    this.attempted = 0;
    this.refused = 0;
  }

  async #step() {
    const writes = this.#chosen().map((slot) => this.#write(slot));
    const isBatch = writes.length > 1;
    const sentAt = Date.now();
    const asked = this.scene.routes.of(this.webspace);
    const life = this.scene.life;
    const attempts = writes.map(({ at, kept }) => this.scene.ledger.open(this.webspace, at, kept, life));
    try {
      const { status, body } = await this.#send(asked, isBatch, writes);
      const results = isBatch && status === 200 ? body.results : writes.map(() => ({ ...body, status }));
      return attempts
        .map((attempt, i) => this.#note(attempt, results[i], writes[i], { asked, sentAt })).every(Boolean);
    } catch (e) {
      const isSent = e.cause?.code !== 'ECONNREFUSED';
      attempts.forEach((attempt) => this.scene.ledger.close(attempt, isSent ? 'unsure' : 'refused'));
      this.scene.unanswered(this, isSent, e);
      this.scene.routes.turn(this.webspace, asked);
      return false;
    }
  }

  #chosen() {
    if (this.burst) return Array(this.burst).fill(this.seed.pick(this.slots));
    return this.seed.chance(0.3) ? this.seed.shuffled(this.slots).slice(0, 3) : [this.seed.pick(this.slots)];
  }

  #write(slot) {
    const n = ++this.#number;
    const filler = 'x'.repeat(this.seed.between(1, 400));
    const common = { slot: slot.slot, scope: slot.scope, owner: this.owner };
    if (slot.mode === 'merge') {
      const key = `k${n % 4}`;
      return { body: { ...common, value: { [key]: n } }, path: slot.path, at: `${slot.path}/${key}`, kept: n };
    }
    const value = slot.mode === 'list'
      ? [{ n }, ...Array.from({ length: n % 5 }, (_, i) => ({ id: `${n}-${i}`, filler }))]
      : { n, filler, deep: { a: [n, null, true], b: { 'ключ': n / 2 } } };
    return { body: { ...common, value }, path: slot.path, at: slot.path, kept: value };
  }

  async #send(replica, isBatch, writes) {
    const url = `${replica}/v1/webspaces/${this.webspace}/projections`
      + (isBatch ? '' : `/${writes[0].body.slot}`) + this.seed.pick(['', '', '', '?wait=durable',
        '?wait=materialized&timeout_ms=2000']);
    const body = isBatch ? { writes: writes.map((write) => write.body) } : { ...writes[0].body, slot: undefined };
    const answer = await fetch(url, {
      method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(ANSWER_MS),
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
    });
    const text = await answer.text();
    try {
      return { status: answer.status, body: JSON.parse(text) };
    } catch {
      this.scene.complain(`${this.name}: ${answer.status} with a body that is no JSON: ${text.slice(0, 200)}`);
      return { status: answer.status, body: {} };
    }
  }

  #note(attempt, result, write, { asked, sentAt }) {
    const { ledger, routes } = this.scene;
    this.outcomes[result.code ?? result.outcome] = (this.outcomes[result.code ?? result.outcome] ?? 0) + 1;
    this.attempted++;
    if (result.outcome !== 'refused' && result.path === write.path && result.status < 300) {
      const isDurable = ['applied', 'unchanged'].includes(result.outcome) && result.level !== 'accepted';
      ledger.close(attempt, isDurable ? 'durable' : 'accepted', result.generation);
      if (isDurable) this.durableAt = Math.max(this.durableAt, sentAt);
      return true;
    }
    if (result.code === 'not_owner') routes.learn(this.webspace, result.owner_address);
    if (result.code === 'upstream_unavailable') routes.turn(this.webspace, asked);
    this.refused++;
    const state = EXPECTED[result.code];
    if (!state) this.scene.complain(`${this.name}: ${result.status} ${JSON.stringify(result)}`);
    ledger.close(attempt, state ?? 'unsure');
    return result.status !== 503;
  }
}
