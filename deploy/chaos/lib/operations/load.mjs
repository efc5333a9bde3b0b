// Many who install at the same time the same things, change their mind, and ask again.
import { sleep } from '../../../e2e/lib/hub.mjs';
import { VERSIONS } from './shelf.mjs';

const CLIENTS = 8;
const LOOK_EVERY_MS = 400;

/** What is asked for, and how often; `verbs` are those that the hub has. */
export class Load {
  bursts = 0;
  over = false;

  constructor({ client, shelf, seed, verbs }) {
    Object.assign(this, { client, shelf, seed, verbs });
  }

  /** Runs until this many were accepted. */
  async run(operations) {
    const goesOn = () => this.client.accepted.size < operations;
    await Promise.all(Array.from({ length: CLIENTS }, async () => {
      for (const seed = this.seed.fork(); goesOn();) await this.#step(seed);
    }));
  }

  /** A person who is asked chooses something, until nobody is left who may ask. */
  async answerQuestions() {
    for (const seed = this.seed.fork(); !this.over; await sleep(LOOK_EVERY_MS)) {
      const page = await this.client.read('/v1/operations?status=waiting_input');
      for (const { operation_id: id, input } of page?.items ?? []) {
        if (input) await this.client.input(id, seed.pick(input.choices).value);
      }
    }
  }

  end() {
    this.over = true;
  }

  async #step(seed) {
    const request = this.#request(seed);
    const copies = seed.chance(0.2) ? seed.between(2, 4) : 1;
    if (copies > 1) this.bursts++;
    const answers = await Promise.all(Array.from({ length: copies }, () => this.client.start(request)));
    const taken = answers.find((answer) => answer);
    if (!taken) return sleep(seed.between(20, 120));
    if (seed.chance(0.55)) return this.#changesItsMind(seed, taken.operation_id);
    if (seed.chance(0.5)) await this.client.ended(taken.operation_id);
    return sleep(seed.between(10, 60));
  }

  /** Most installs take some 50 ms; what is late meets the end, what waits in line is met there. */
  async #changesItsMind(seed, id) {
    await sleep(seed.chance(0.3) ? 0 : seed.below(seed.pick([40, 150, 600])));
    await this.client.cancel(id);
    if (!seed.chance(0.3)) return;
    const { can_retry: canRetry } = await this.client.ended(id);
    if (canRetry) await this.client.retry(id);
  }

  #request(seed) {
    const { kind, id } = seed.pick(seed.chance(0.8) ? this.shelf.skills : this.shelf.scenarios);
    const verb = seed.pick(this.verbs);
    return {
      kind: `${kind}.${verb}`, target_kind: kind, target_id: id, queue: seed.chance(0.4),
      ...(verb === 'install' && seed.chance(0.8) && { version: seed.pick(VERSIONS) }),
      ...(verb === 'uninstall' && { params: { force: seed.chance(0.7) } }),
    };
  }
}
