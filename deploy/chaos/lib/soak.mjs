// The hub in health: skills write what their manifests declare, a hundred browsers stay connected.
import assert from 'node:assert/strict';
import { sleep, until } from '../../e2e/lib/hub.mjs';
import { READY_MS, Stage } from './stage.mjs';

const BROWSERS = 100;
const WEBSPACE = 'desktop';
const SLOT_EVERY_MS = 5_000;
const OWNER_EVERY_MS = 500;
const CARD_EVERY_MS = 10_000;
const LOOK_EVERY_MS = 500;
/** Nothing may be written while nobody writes, for so long. */
/** Longer than the time that a governor judges: who wrote nothing in it gets no worse. */
const JUDGED_MS = 6_000;
const QUIET_MS = 3_000;
const RECONNECTS_MAX = 3;

export class Soak {
  outcomes = {};
  complaints = new Set();
  freshness = {};
  notOk = {};
  #writing = true;

  constructor(stage, seed) {
    Object.assign(this, { stage, seed });
  }

  async run(seconds) {
    this.browsers = await this.stage.tabs();
    try {
      return await this.#run(seconds);
    } finally {
      this.#writing = false;
      await this.browsers.close();
    }
  }

  async #run(seconds) {
    const { stage } = this;
    this.browsers.open(Array.from({ length: BROWSERS }, (_, i) => ({
      id: `browser-${i}`, webspace: WEBSPACE, token: stage.readerToken, watched: Stage.beacon.path,
      url: `${stage.hub.projection.replace('http', 'ws')}/yws/${WEBSPACE}`,
    })));
    await this.#allLive();
    await until('installing is over', () => this.#settled(), READY_MS);
    const began = await this.#generation();
    const startedAt = Date.now();
    const writers = stage.manifests.skills.map((skill) => this.#skill(skill));
    const end = startedAt + seconds * 1_000;
    while (Date.now() < end) {
      this.#look(await stage.status(WEBSPACE));
      await sleep(LOOK_EVERY_MS);
    }
    this.#writing = false;
    await Promise.all(writers);
    const minutes = (Date.now() - startedAt) / 60_000;
    this.generationsPerMinute = Math.round((await this.#generation() - began) / minutes);
    this.reconnect = await this.#reconnect();
    return this.#measured(seconds);
  }

  #allLive() {
    return until(`${BROWSERS} browsers are live`, () =>
      this.browsers.tabs.every(({ state }) => state === 'live'), READY_MS);
  }

  async #generation() {
    return (await this.stage.read(`/v1/webspaces/${WEBSPACE}/state`)).generation;
  }

  /** Writes its slots in turn, and says how it is. */
  async #skill({ id, slots }) {
    const token = this.stage.tokens[`skill:${id}`];
    const seed = this.seed.fork();
    const pace = Math.max(OWNER_EVERY_MS, SLOT_EVERY_MS / slots.length);
    let carded = 0;
    for (let n = 1; this.#writing; n++) {
      const { slot, scope } = slots[n % slots.length];
      await this.#write(token, slot, { scope, user_id: 'ann', value: {
        n, at: new Date().toISOString(), state: seed.pick(['ready', 'busy', 'idle']),
        rows: Array.from({ length: 3 }, (_, i) => ({ id: `row-${i}`, value: seed.below(1_000) })),
      } });
      if (Date.now() - carded >= CARD_EVERY_MS) {
        carded = Date.now();
        await this.#card(token, id, slot, slots.length);
      }
      await sleep(seed.between(pace / 2, pace * 1.5));
    }
  }

  async #write(token, slot, body) {
    const { status, body: answer } = await this.stage.send('POST',
      `/v1/webspaces/${WEBSPACE}/projections/${slot}`, body, token);
    const outcome = answer.code ?? answer.outcome;
    this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + 1;
    if (status !== 200) this.complaints.add(`${slot}: ${status} ${JSON.stringify(answer)}`);
  }

  async #card(token, id, slot, count) {
    const { status, body } = await this.stage.send('PUT', `/v1/status/cards/${id}`, {
      webspace_id: WEBSPACE, status: 'online', severity: 'info', summary: `${count} slots`,
      ttl_ms: 4 * CARD_EVERY_MS, route: `stream:${slot}`, metadata: { slots: count },
    }, token);
    if (status !== 202) this.complaints.add(`card ${id}: ${status} ${JSON.stringify(body)}`);
  }

  #look(status) {
    const { freshness_state: freshness, fallback_mode: fallback } = status.state_sync;
    this.freshness[freshness] = (this.freshness[freshness] ?? 0) + 1;
    if (fallback !== 'off') this.complaints.add(`fallback_mode ${fallback}`);
    for (const { owner, policy_state: policy, reason } of status.yjs_pressure) {
      if (policy !== 'ok') this.notOk[owner] = `${policy} (${reason})`;
    }
    const lost = this.browsers.tabs.filter(({ sockets }) => sockets.some(({ open }) => !open));
    if (lost.length > 0) this.complaints.add(`${lost.length} browsers lost their connection`);
  }

  /**
   * All browsers leave at once and come back; the document must not notice. Where a slow machine's
   * readers lagged, which is written, it is tried again, and told.
   */
  async #reconnect() {
    const tries = [];
    do {
      tries.push(await this.#reconnectOnce());
    } while (tries.at(-1).generations > 0 && !tries.at(-1).isFresh && tries.length < RECONNECTS_MAX);
    return { ...tries.at(-1), tries };
  }

  /** All owners are calm and were so for long, and the words of that have reached the document. */
  async #settled() {
    const before = await this.stage.status(WEBSPACE);
    await sleep(JUDGED_MS);
    const after = await this.stage.status(WEBSPACE);
    return before.evidence.generation === after.evidence.generation && [before, after].every((status) =>
      status.yjs_pressure.every(({ policy_state: policy }) => policy === 'ok'));
  }

  /** How often each owner has changed the document. */
  async #applied() {
    const { items } = await this.stage.read(`/v1/governance/owners?limit=500&webspace_id=${WEBSPACE}`);
    return Object.fromEntries(items.map(({ owner, counters }) => [owner, counters.applied]));
  }

  async #reconnectOnce() {
    const before = await until('nothing moves', async () => {
      const then = await this.#generation();
      await sleep(QUIET_MS);
      return then === await this.#generation() && then;
    }, READY_MS);
    const written = await this.#applied();
    const opened = this.browsers.tabs.map(({ sockets }) => sockets.length);
    let isFresh = true;
    const look = async () => {
      const { state_sync: sync } = await this.stage.status(WEBSPACE);
      isFresh &&= sync.freshness_state === 'fresh';
    };
    const since = Date.now();
    this.browsers.hangUp();
    await until('all browsers came back', async () => {
      await look();
      return this.browsers.tabs.every(({ sockets, state }, i) =>
        sockets.length >= opened[i] + 2 && sockets.at(-1).open && state === 'live');
    }, READY_MS);
    const backMs = Date.now() - since;
    for (const end = Date.now() + QUIET_MS; Date.now() < end; await sleep(LOOK_EVERY_MS)) await look();
    const by = Object.entries(await this.#applied())
      .filter(([owner, count]) => count !== written[owner]).map(([owner]) => owner);
    return { backMs, isFresh, generations: await this.#generation() - before, by };
  }

  async #measured(seconds) {
    const { stage } = this;
    const { items: owners } = await stage.read('/v1/governance/owners?limit=500');
    const { diagnostics: cards } = await stage.read('/v1/status/cards?limit=1000');
    const status = await stage.status(WEBSPACE);
    const causes = {};
    for (const { by_cause: counted } of owners) {
      for (const [cause, { attempted_total: attempted }] of Object.entries(counted)) {
        causes[cause] = (causes[cause] ?? 0) + attempted;
      }
    }
    return {
      seconds, browsers: BROWSERS, manifests: stage.manifests.real ? 'real' : 'own',
      skills: stage.manifests.skills.map(({ id, slots }) => ({ id, slots: slots.length })),
      outcomes: this.outcomes, causes,
      owners: owners.map(({ owner, webspace_id, policy_state, peak_bps, peak_wps, counters }) => ({
        owner, webspace_id, policy_state, peak_bps, peak_wps, attempted_total: counters.attempted_total,
      })),
      owners_above_ok: this.notOk,
      cards: {
        maxCardBytes: cards.max_card_bytes, maxCardBytesObserved: cards.max_card_bytes_observed,
        oversizedCardTotal: cards.oversized_card_total,
        lastOversizedCard: cards.last_oversized_card ?? null, cardCount: cards.card_count,
      },
      freshness: this.freshness,
      snapshot_fallback_total: status.evidence.snapshot_fallback_total,
      generations_per_minute: this.generationsPerMinute,
      reconnect: this.reconnect,
      complaints: [...this.complaints],
    };
  }
}

/** What must hold of a report in health. */
export function assertHealthy(report) {
  assert.deepEqual(report.complaints, []);
  assert.deepEqual(report.owners_above_ok, {}, 'an owner is above ok');
  assert.equal(report.snapshot_fallback_total, 0, 'a snapshot was sent in the place of sync');
  assert.equal(report.reconnect.generations, 0, 'a reconnect wrote');
  assert.equal(report.cards.oversizedCardTotal, 0);
  assert.ok(report.cards.maxCardBytesObserved <= report.cards.maxCardBytes);
  assert.ok(report.cards.cardCount >= report.skills.length, 'every skill has a card');
  assert.ok(report.skills.length > 0 && report.generations_per_minute > 0, 'somebody wrote');
}

/** The report for people. */
export function readable(report) {
  const list = (counts) => Object.entries(counts).map(([what, n]) => `${what} ${n}`).join(', ') || 'none';
  const { cards } = report;
  return [
    `${report.seconds} s, ${report.browsers} browsers, ${report.manifests} manifests: `
      + report.skills.map(({ id, slots }) => `${id} (${slots})`).join(', '),
    `writes: ${list(report.outcomes)}; causes: ${list(report.causes)}`,
    `generations per minute: ${report.generations_per_minute}`,
    `freshness when looked at: ${list(report.freshness)}`,
    `owners above ok: ${list(report.owners_above_ok)}`,
    ...report.owners.map(({ owner, webspace_id, policy_state, peak_bps, peak_wps, attempted_total }) =>
      `  ${owner} in ${webspace_id}: ${policy_state}, peak ${peak_bps} B/s and ${peak_wps} writes/s, `
        + `${attempted_total} attempted`),
    `cards: ${cards.cardCount}, maxCardBytes ${cards.maxCardBytes}, maxCardBytesObserved `
      + `${cards.maxCardBytesObserved}, oversizedCardTotal ${cards.oversizedCardTotal}, `
      + `lastOversizedCard ${JSON.stringify(cards.lastOversizedCard)}`,
    `snapshot fallbacks: ${report.snapshot_fallback_total}`,
    ...report.reconnect.tries.map(({ backMs, generations, by, isFresh }) =>
      `all browsers back after ${backMs} ms, generations meanwhile: ${generations}`
        + `${generations ? ` by ${by.join(', ')}` : ''}${isFresh ? '' : ', not all of it fresh'}`),
    ...report.complaints.map((complaint) => `complaint: ${complaint}`),
  ];
}
