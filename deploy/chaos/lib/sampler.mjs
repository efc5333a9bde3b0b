// Breaks what a document is made of and shown by, and notes at random moments what is said of it.
import { sleep, until } from '../../e2e/lib/hub.mjs';
import { withChildren, signalIfAlive } from './faults.mjs';
import { Gate } from './gate.mjs';
import { PANEL_WEBSPACE, PanelTab } from './panel-tab.mjs';
import { BEACON, READY_MS, Stage } from './stage.mjs';
import { steadyNow } from './tabs.mjs';
import { BOUNDS, judgeShown, judgeStatus } from './truth.mjs';

export const WEBSPACES = ['sample-1', 'sample-2', 'sample-3'];
const PROCESSES = 3;
const BEACON_EVERY_MS = 200;
const SAMPLE_EVERY_MS = 50;
const COMPLAINTS_MAX = 20;
const HOUR_MS = 3_600_000;
/** How long a source is stopped: beyond the bound at which it is lost. */
const SOURCE_STOPPED_MS = BOUNDS.sourceStale + 3_500;
const STORE_STOPPED_MS = 6_000;
const UNBROKEN_MS = 8_000;

export class Sampler {
  samples = [];
  stops = [];
  faults = {};
  #published = new Map([...WEBSPACES, PANEL_WEBSPACE].map((webspace) => [webspace, []]));
  #sampled = false;
  #over = false;

  constructor(stage, seed) {
    Object.assign(this, { stage, seed });
  }

  /** Goes on until there are so many samples and each fault was there. */
  async run(count) {
    const { hub } = this.stage;
    await this.#open();
    const beacons = [...this.#published.keys()].map((webspace) => this.#beacon(webspace));
    await until('all tabs see', async () =>
      this.tabs.every(({ saw, state }) => saw.length > 0 && state === 'live') && await this.#panelSays('fresh'),
    READY_MS);
    const breaking = [
      ...this.processes.map((process) =>
        this.#breakTabs(process, ['tabsFrozen', 'halfOpen', 'halfOpen', 'clockSkewed'])),
      this.#breakTabs(this.panel, ['tabsFrozen', 'halfOpen']),
      this.#breakHub('operations', () => [hub.pid('operations-service')], SOURCE_STOPPED_MS),
      this.#breakHub('postgres', () => withChildren(hub.pid('postgres')), STORE_STOPPED_MS),
    ];
    const sampling = this.#sample(count);
    await Promise.all([...breaking, sampling]);
    await this.#healed();
    this.#over = true;
    await Promise.all(beacons);
    await this.panel.collect(this.#published.get(PANEL_WEBSPACE));
    await this.close();
    return this.#judged();
  }

  async close() {
    this.#sampled = true;
    this.#over = true;
    await Promise.all([...(this.processes ?? []), this.panel].map((process) => process?.close()));
    (this.gates ?? []).forEach((gate) => gate.close());
  }

  async #panelSays(word) {
    return await this.panel.said() === word;
  }

  get tabs() {
    return this.processes.flatMap(({ tabs }) => tabs);
  }

  /** Each tab comes by a gate of its own, each process has a tab of each webspace. */
  async #open() {
    const { stage } = this;
    this.processes = await Promise.all(Array.from({ length: PROCESSES }, () => stage.tabs()));
    this.gates = [];
    for (const [i, process] of this.processes.entries()) {
      process.gates = await Promise.all(WEBSPACES.map(() => Gate.open(stage.hub.base + 4)));
      this.gates.push(...process.gates);
      process.open(WEBSPACES.map((webspace, w) => ({
        id: `${webspace}/${i}`, webspace, token: stage.readerToken, watched: Stage.beacon.path,
        url: `ws://127.0.0.1:${process.gates[w].port}/yws/${webspace}`,
      })));
    }
    const gate = await Gate.open(stage.hub.base + 4);
    this.gates.push(gate);
    this.panel = await PanelTab.open(gate, stage.readerToken);
  }

  /** Writes one number after another, and notes when each was surely there. */
  async #beacon(webspace) {
    const { slot, scope } = Stage.beacon;
    const published = this.#published.get(webspace);
    for (let n = 1; !this.#over; n++) {
      const entry = { n, sentAt: steadyNow() };
      published.push(entry);
      try {
        const { status, body } = await this.stage.send('POST',
          `/v1/webspaces/${webspace}/projections/${slot}`, { scope, value: { n } },
          this.stage.tokens[`skill:${BEACON}`]);
        if (status === 200 && body.level === 'durable') {
          Object.assign(entry, { answeredAt: steadyNow(), generation: body.generation });
        }
      } catch {
        // Whether it is there is not known; a later one will tell.
      }
      await sleep(BEACON_EVERY_MS);
    }
  }

  async #sample(count) {
    const seed = this.seed.fork();
    while (this.samples.length < count || !this.#isEnough()) {
      const webspace = seed.pick([...this.#published.keys()]);
      const from = steadyNow();
      try {
        const status = await this.stage.status(webspace);
        this.samples.push({ webspace, from, to: steadyNow(), status });
      } catch {
        this.unanswered = (this.unanswered ?? 0) + 1;
      }
      await sleep(seed.between(SAMPLE_EVERY_MS / 4, SAMPLE_EVERY_MS));
    }
    this.#sampled = true;
  }

  /** One fault after another to a process of tabs, or to the ways it comes by. */
  async #breakTabs(process, faults) {
    const seed = this.seed.fork();
    while (!this.#sampled) {
      await this[seed.pick(faults)](process, seed);
      await this.#lasts(seed.between(500, 4_000));
    }
  }

  /** Waits so long, or until all samples are taken. */
  async #lasts(ms) {
    for (const end = steadyNow() + ms; !this.#sampled && steadyNow() < end;) {
      await sleep(Math.min(100, Math.max(1, end - steadyNow())));
    }
  }

  async tabsFrozen(process, seed) {
    this.#count('tabs frozen');
    await process.freeze();
    try {
      await this.#lasts(seed.between(1_000, 13_000));
    } finally {
      await process.thaw();
    }
  }

  async halfOpen(process, seed) {
    this.#count('cut half-open');
    const gate = seed.pick(process.gates);
    gate.cut();
    await this.#lasts(seed.between(1_000, 13_000));
    if (seed.chance(0.5)) gate.mend();
    else gate.drop();
  }

  async clockSkewed(process, seed) {
    this.#count('clock of a client skewed');
    process.skew(seed.pick([-1, 1]) * seed.between(1_000, HOUR_MS));
    await this.#lasts(seed.between(1_000, 5_000));
    process.skew(0);
  }

  /** A part of the hub is stopped once at least, and again as long as samples are taken. */
  async #breakHub(what, pidsOf, stoppedMs) {
    const seed = this.seed.fork();
    while (!this.#sampled) {
      await this.#lasts(seed.between(0, UNBROKEN_MS));
      if (this.#sampled) return;
      const pids = pidsOf();
      this.#count(`${what} stopped`);
      pids.forEach((pid) => signalIfAlive(pid, 'SIGSTOP'));
      const stop = { what, from: steadyNow() };
      this.stops.push(stop);
      try {
        await this.#lasts(stoppedMs);
      } finally {
        stop.to = steadyNow();
        pids.forEach((pid) => signalIfAlive(pid, 'SIGCONT'));
      }
    }
  }

  /** Whether each part of the hub was stopped for as long as it shall be. */
  #isEnough() {
    return ['operations', 'postgres'].every((what) =>
      this.stops.some((stop) => stop.what === what && stop.to !== undefined));
  }

  #count(fault) {
    this.faults[fault] = (this.faults[fault] ?? 0) + 1;
  }

  /** When nothing is broken any more, everything says so. */
  async #healed() {
    this.processes.forEach((process) => process.thaw());
    this.gates.forEach((gate) => gate.mend());
    const since = Date.now();
    await until('everything is fresh again', async () => {
      const statuses = await Promise.all([...this.#published.keys()].map((webspace) => this.stage.status(webspace)));
      return await this.#panelSays('fresh') && this.tabs.every(({ state }) => state === 'live')
        && statuses.every(({ state_sync: sync }) => sync.freshness_state === 'fresh' && sync.semantic_state === 'ready');
    }, READY_MS);
    this.healedMs = Date.now() - since;
  }

  #judged() {
    const tabs = [...this.tabs, this.panel.tab];
    const world = {
      tabs, stops: this.stops, publishedOf: (webspace) => this.#published.get(webspace),
    };
    const result = {
      samples: this.samples.length, unanswered: this.unanswered ?? 0, faults: this.faults,
      contract: {}, shown: {}, shownTotal: 0, wrongStaleContract: 0, wrongStaleShown: 0, wrongFresh: [],
      lagContract: 0, lagShown: 0,
      healedMs: this.healedMs,
    };
    const wrong = (texts) => result.wrongFresh.push(...texts.slice(0, COMPLAINTS_MAX - result.wrongFresh.length));
    for (const sample of this.samples) {
      const { freshness_state: freshness, semantic_state: semantic } = sample.status.state_sync;
      const said = `${freshness}/${semantic}`;
      result.contract[said] = (result.contract[said] ?? 0) + 1;
      const { wrongFresh, wrongStale, lag } = judgeStatus(sample, world);
      result.lagContract = Math.max(result.lagContract, Math.round(lag));
      wrong(wrongFresh.map((text) => `${sample.webspace} ${text}`));
      if (wrongStale) result.wrongStaleContract++;
    }
    for (const tab of tabs) {
      result.panelTotal = tab.shows.length;
      for (const shown of tab.shows) {
        result.shownTotal++;
        result.shown[shown.state] = (result.shown[shown.state] ?? 0) + 1;
        const { wrongFresh, wrongStale, lag } = judgeShown(tab, shown,
          world.publishedOf(tab.webspace), tab === this.panel.tab ? this.stops : []);
        result.lagShown = Math.max(result.lagShown, Math.round(lag));
        wrong(wrongFresh);
        if (wrongStale) result.wrongStaleShown++;
      }
    }
    return result;
  }
}
