// A running hub under load: its writers, its readers, and what is known about all of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Hub, isAlive, sleep, until } from '../../e2e/lib/hub.mjs';
import { keepLog } from './log.mjs';
import { Ledger } from './ledger.mjs';
import { AckReader, RawWriter, Reader, VERSIONS } from './readers.mjs';
import { addCredentials, install, slotsOf } from './skills.mjs';
import { Routes, Writer } from './writer.mjs';

export const WEBSPACES = ['desktop', 'lab-1', 'lab-2'];
const SKILLS = ['chaos_alpha', 'chaos_beta'];
const OPERATED = 'chaos_gamma';
const HASTY = 'chaos_hasty';
export const LATE = 'chaos_late';
const READER = 'user:chaos_reader';
const RAW_EVERY_MS = 60;
const LOOK_EVERY_MS = 200;
const COMPLAINTS_MAX = 20;
/** Time for what a process said last to be heard; the next one needs longer to start. */
const SETTLED_MS = 50;
/** What is pressed on is told of within seconds, and words are written when they held for one. */
const WORDS_MS = 3_000;

/** The longest that anything may need to work again after a fault is over. */
export const HEALED_MS = 60_000;

export class Scene {
  ledger = new Ledger();
  complaints = new Set();
  health = [];
  life = 1;
  paused = false;
  over = false;
  /** Whether a process is being killed or stopped, so that answers may be missing. */
  answersMayMiss = false;
  /** Whether this process of the service was asked by nobody who did not hear its answer. */
  hasAllAnswers = true;

  constructor(hub, seed) {
    Object.assign(this, { hub, seed, routes: new Routes(hub.projection) });
  }

  static async open(seed) {
    const scene = new Scene(await Hub.create(), seed);
    try {
      await scene.#begin();
    } catch (e) {
      await scene.close();
      throw e;
    }
    return scene;
  }

  async #begin() {
    const { hub } = this;
    const up = await hub.up();
    if (up.code !== 0) throw new Error(up.stdout + up.stderr);
    await keepLog(hub);
    this.folder = mkdtempSync(path.join(tmpdir(), 'hub-chaos-'));
    const skill = [...SKILLS, HASTY, LATE].map((id) => [`skill:${id}`, ['projection:write']]);
    this.tokens = addCredentials(hub, {
      ...Object.fromEntries(skill),
      [READER]: WEBSPACES.map((webspace) => `webspace:${webspace}:read`),
    });
    for (const id of [...SKILLS, OPERATED, HASTY]) await install(hub, this.folder, id);
    for (const webspace of WEBSPACES) await this.#createWebspace(webspace);
    this.#writers();
    this.#readers();
    this.running = [...this.writers.map((writer) => writer.run()), this.#watch(), this.#writeRaw()];
    await until('everybody writes', () => this.writers.every((writer) => writer.durableAt > 0), HEALED_MS);
  }

  async #createWebspace(webspace) {
    const answer = await fetch(`${this.hub.projection}/v1/webspaces/${webspace}`, {
      method: 'PUT', headers: { authorization: `Bearer ${this.hub.adminToken()}` },
    });
    if (!answer.ok) throw new Error(`${webspace}: ${answer.status} ${await answer.text()}`);
  }

  /** Those of `hasty` write more than their owner may; they are slowed down, and are not waited for. */
  #writers() {
    const common = { scene: this, paceMs: 60 };
    const ofSkills = SKILLS.flatMap((id) => WEBSPACES.map((webspace) => new Writer({
      ...common, webspace, seed: this.seed.fork(), subject: `skill:${id}`,
      token: this.tokens[`skill:${id}`], slots: slotsOf(id),
    })));
    const operator = new Writer({
      ...common, webspace: 'lab-1', seed: this.seed.fork(), subject: `skill:${OPERATED}`,
      token: this.hub.adminToken(), owner: `skill:${OPERATED}`, slots: slotsOf(OPERATED),
    });
    this.hasty = slotsOf(HASTY).filter(({ mode }) => mode !== 'merge').map((slot) => new Writer({
      ...common, webspace: 'lab-2', seed: this.seed.fork(), subject: `skill:${HASTY}`, burst: 8,
      token: this.tokens[`skill:${HASTY}`], slots: [slot],
    }));
    this.steady = [...ofSkills, operator];
    this.writers = [...this.steady, ...this.hasty];
  }

  #readers() {
    const replica = this.hub.projection;
    const token = this.tokens[READER];
    this.readers = WEBSPACES.flatMap((webspace) => Object.keys(VERSIONS)
      .map((version) => new Reader({ version, replica, token, webspace })));
    this.acks = WEBSPACES.map((webspace) => new AckReader({ replica, token, webspace }));
    this.raw = new RawWriter({
      version: '3.1.0', replica, token: this.hub.adminToken(), webspace: 'lab-2',
    });
  }

  async #writeRaw() {
    while (!this.over) {
      if (!this.paused) this.raw.write();
      await sleep(RAW_EVERY_MS);
    }
  }

  /** Looks at health and readers all the time; sometimes a reader's connection is cut. */
  async #watch() {
    const seed = this.seed.fork();
    while (!this.over) {
      this.health.push(await this.#healthNow());
      for (const reader of [...this.readers, this.raw]) {
        const paths = [...this.ledger.pathsOf(reader.webspace), ...RawWriter.paths()];
        reader.wentBack(paths).forEach((complaint) => this.complain(complaint));
      }
      if (seed.chance(0.15)) seed.pick(this.readers).hangUp();
      await sleep(LOOK_EVERY_MS);
    }
  }

  async #healthNow() {
    const at = Date.now();
    try {
      const answer = await fetch(`${this.hub.projection}/v1/health`, { signal: AbortSignal.timeout(4_000) });
      const body = await answer.json();
      return { at, status: body.status, log: body.rooms?.desktop?.log };
    } catch (e) {
      return { at, status: 'none', log: e.name };
    }
  }

  /** Whether health said since then that something is wrong. */
  saidDegraded(since) {
    return this.health.some(({ at, status }) => at >= since && status === 'degraded');
  }

  complain(text) {
    if (this.complaints.size < COMPLAINTS_MAX) this.complaints.add(text);
  }

  /** A request had no answer; that is a fault unless somebody is being killed. */
  unanswered(writer, isSent, error) {
    if (isSent) this.hasAllAnswers = false;
    if (!this.answersMayMiss) this.complain(`${writer.name} got no answer: ${error.cause ?? error}`);
  }

  /** Kills the service and forgets what it has counted, for the next one begins at 0. */
  async killService() {
    this.answersMayMiss = true;
    const pid = this.hub.pid('projection-service');
    process.kill(pid, 'SIGKILL');
    await until('killed', () => !isAlive(pid), 5_000);
    await sleep(SETTLED_MS);
    this.life++;
    this.hasAllAnswers = true;
    this.writers.forEach((writer) => writer.forgetCounts());
  }

  /** Waits until every steady writer was told `durable` of something it sent after this moment. */
  async heals(since = Date.now()) {
    await until('every writer writes again', () =>
      this.steady.every((writer) => writer.durableAt > since), HEALED_MS);
    this.answersMayMiss = false;
    return Math.max(...this.steady.map((writer) => writer.durableAt)) - since;
  }

  /** Lets nobody write, and waits until nothing waits in the service. */
  async quiet() {
    this.paused = true;
    await until('writers answered', () => this.writers.every((writer) => !writer.busy), HEALED_MS);
    return until('nothing waits', async () => {
      const { items } = await this.hub.json(`${this.hub.projection}/v1/governance/owners?limit=500`);
      return items.every(({ counters }) => counters.pending + counters.in_progress === 0) && items;
    }, HEALED_MS);
  }

  /** Waits until the hub has written its last word about itself; owners calm down one after another. */
  async settled() {
    const generations = async () => Promise.all(WEBSPACES.map(
      async (webspace) => (await this.state(webspace)).generation));
    await until('the words of the status hold', async () => {
      const before = await generations();
      await sleep(WORDS_MS);
      return String(await generations()) === String(before);
    }, HEALED_MS);
  }

  resume() {
    this.paused = false;
  }

  state(webspace) {
    return this.hub.json(`${this.hub.projection}/v1/webspaces/${webspace}/state`);
  }

  /** A skill is pushed and installed from end to end, and writes its slot. */
  async installsAnother(skill) {
    await install(this.hub, this.folder, skill);
    const [{ slot }] = slotsOf(skill);
    await until(`${skill} writes`, async () => (await fetch(
      `${this.hub.projection}/v1/webspaces/desktop/projections/${slot}`, {
        method: 'POST', body: '{"value": 1}',
        headers: { authorization: `Bearer ${this.tokens[`skill:${skill}`]}`, 'content-type': 'application/json' },
      })).status === 200, HEALED_MS);
  }

  async close() {
    this.over = true;
    await Promise.all(this.running ?? []);
    [...(this.readers ?? []), ...(this.acks ?? []), ...(this.raw ? [this.raw] : [])]
      .forEach((reader) => reader.close());
    const down = await this.hub.down();
    if (!process.env.HUB_CHAOS_KEEP) {
      this.hub.cleanUp();
      if (this.folder) rmSync(this.folder, { recursive: true, force: true });
    }
    return down;
  }
}
