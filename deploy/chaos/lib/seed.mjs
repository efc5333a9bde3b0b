/** Numbers that are the same for the same seed (mulberry32), so that a run can be told by its seed. */
export class Seed {
  #state;

  constructor(value) {
    this.value = value >>> 0;
    this.#state = this.value;
  }

  /** The seed of the environment, or a new one. */
  static ofRun() {
    const given = process.env.HUB_CHAOS_SEED;
    return new Seed(given ? Number.parseInt(given, 10) : Math.floor(Math.random() * 2 ** 31));
  }

  /** A stream of its own, so that one part's draws do not depend on the timing of another's. */
  fork() {
    return new Seed(this.below(2 ** 31));
  }

  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(bound) {
    return Math.floor(this.next() * bound);
  }

  between(least, most) {
    return least + this.below(most - least + 1);
  }

  chance(probability) {
    return this.next() < probability;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  shuffled(list) {
    const mixed = [...list];
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [mixed[i], mixed[j]] = [mixed[j], mixed[i]];
    }
    return mixed;
  }
}
