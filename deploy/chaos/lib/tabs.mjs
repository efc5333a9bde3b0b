// Processes of tabs, seen from outside: what each tab has seen and shown, and when.
import { fork } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PROCESS = path.join(path.dirname(fileURLToPath(import.meta.url)), 'tabs-process.mjs');

/** Milliseconds of the clock that all processes of the machine share, whatever the time of day. */
export const steadyNow = () => Number(process.hrtime.bigint() / 1000n) / 1000;

/** What is known of one tab; all three lists are in the order of time. */
export class Tab {
  /** { at, n }: the newest of the watched numbers that its document holds. */
  saw = [];
  /** { at, state }: what it shows. */
  shows = [];
  /** { at, open, code }: its sockets. */
  sockets = [];

  constructor(id, webspace) {
    Object.assign(this, { id, webspace });
  }

  get state() {
    return this.shows.at(-1)?.state;
  }

  take(at, what, value) {
    if (what === 'saw') this.saw.push({ at, n: value });
    else if (what === 'shows') this.shows.push({ at, state: value });
    else this.sockets.push({ at, open: what === 'open', code: value });
  }
}

export class TabProcess {
  #tabs = new Map();

  constructor(child) {
    this.child = child;
    child.on('message', (events) => {
      for (const [id, at, what, value] of events) this.#tabs.get(id)?.take(at, what, value);
    });
  }

  static start(bundle) {
    return new Promise((resolve, reject) => {
      const child = fork(PROCESS, [bundle]);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the process of tabs ended with ${code}`)));
      child.once('message', () => resolve(new TabProcess(child)));
    });
  }

  get tabs() {
    return [...this.#tabs.values()];
  }

  /** @param list of { id, webspace, url, token, watched } */
  open(list) {
    list.forEach(({ id, webspace }) => this.#tabs.set(id, new Tab(id, webspace)));
    this.child.send(['open', list]);
  }

  /** The wall clock of this process is off by so much from now on. */
  skew(ms) {
    this.child.send(['skew', ms]);
  }

  /** Every socket ends at once; the tabs come back by themselves. */
  hangUp() {
    this.child.send(['hangUp']);
  }

  freeze() {
    this.child.kill('SIGSTOP');
  }

  thaw() {
    this.child.kill('SIGCONT');
  }

  async close() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.thaw();
    this.child.send(['close']);
    await ended;
  }
}
