// Kills processes of a hub at moments that a seed gives, and knows when something was broken.
import { isAlive, sleep, until } from '../../../e2e/lib/hub.mjs';
import { awaitAt, whereTheyAre } from './books.mjs';

const SEEN_MS = 3_000;
const HEALED_MS = 120_000;
const WORK_MS = 180_000;
/** Accepted operations from one break to the next. */
const EVERY = 28;
/** What was asked so long before or after is disturbed too: it may wait for what is away. */
const AROUND_MS = 1_000;

/** Where an operation may be when somebody dies. */
const PLACES = ['accepted', 'queued', 'cancelling', 'prepare', 'resolve', 'fetch', 'verify', 'unpack',
  'activate', 'record'];

/** Each of these once in a short run. */
const VICTIMS = ['operations-service', 'operations-service', 'operations-service', 'natsWiped', 'postgres',
  'registry-sync-service', 'projection-service'];

const URLS = {
  'operations-service': 'operations', 'registry-sync-service': 'registry', 'projection-service': 'projection',
};

export class Breaker {
  outages = [];
  killed = {};
  met = {};

  constructor(hub, seed, report) {
    Object.assign(this, { hub, seed, report });
  }

  /**
   * Breaks something whenever so many more operations were accepted, each victim in its turn, so
   * that there is always work that goes on; nothing when there are enough.
   */
  async run({ accepted, first, operations }) {
    let order = [];
    for (let next = accepted() + first; next <= operations; next += EVERY) {
      if (order.length === 0) order = this.seed.shuffled(VICTIMS);
      await until('the load goes on', () => accepted() >= next, WORK_MS);
      await this.#break(order.pop());
    }
  }

  async #break(victim) {
    const { hub } = this;
    const place = this.seed.pick(PLACES);
    await awaitAt(hub, place, SEEN_MS);
    await sleep(this.seed.below(12));
    const outage = { victim, from: Date.now(), to: Infinity };
    this.outages.push(outage);
    if (victim === 'natsWiped') await hub.wipeNats();
    else await this.#kill(victim);
    await until(`${victim} heals`, () => this.#isWell(), HEALED_MS);
    outage.to = Date.now();
    this.killed[victim] = (this.killed[victim] ?? 0) + 1;
    this.report(`${victim} killed, well again after ${outage.to - outage.from} ms`);
  }

  async #kill(victim) {
    const before = this.hub.pid(victim);
    process.kill(before, 'SIGKILL');
    await until(`${victim} is dead`, () => !isAlive(before), 10_000);
    if (victim === 'operations-service') await this.#noteWhoWasMet();
    await until(`${victim} restarted`, () => {
      const now = this.hub.pid(victim);
      return now !== undefined && now !== before;
    });
  }

  async #noteWhoWasMet() {
    for (const [place, n] of Object.entries(await whereTheyAre(this.hub))) {
      this.met[place] = (this.met[place] ?? 0) + n;
    }
  }

  async #isWell() {
    const ready = await Promise.all(Object.values(URLS).map(
      async (name) => (await fetch(`${this.hub[name]}/readyz`)).ok));
    return ready.every(Boolean);
  }

  /** Whether something was broken between two moments, or just before. */
  disturbed(from, to) {
    return this.outages.some((outage) => from <= outage.to + AROUND_MS && to >= outage.from - AROUND_MS);
  }
}
