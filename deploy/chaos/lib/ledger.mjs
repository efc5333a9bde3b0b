// What every path was told to become, what its writer was answered, and what must therefore be there.
import { isDeepStrictEqual } from 'node:util';
import { jsonAt, numberOf, valueAt } from './values.mjs';

/**
 * What may have become of a write: `durable` is in the log for ever, `accepted` in memory only or
 * replaced by a later one, `refused` nowhere; of `unsure` (the store failed, or no answer came) nothing is known.
 */
const MAYBE = ['open', 'accepted', 'unsure'];

/** All writes over HTTP. Every path has one writer, which waits for its answers. */
export class Ledger {
  #cells = new Map();
  counts = {};

  /** Notes a write that is about to be sent. */
  open(webspace, path, value, life) {
    const key = `${webspace} ${path}`;
    if (!this.#cells.has(key)) this.#cells.set(key, { webspace, path, attempts: [] });
    const attempt = { webspace, path, value, life, state: 'open' };
    this.#cells.get(key).attempts.push(attempt);
    return attempt;
  }

  close(attempt, state, generation) {
    attempt.state = state;
    attempt.generation = generation;
    this.counts[state] = (this.counts[state] ?? 0) + 1;
  }

  pathsOf(webspace) {
    return this.#cellsOf(webspace).map(({ path }) => path);
  }

  /** Every path holds the last value that was acknowledged, or one that was tried later. */
  lost(webspace, json) {
    return this.#judge(webspace, json, (attempts) => {
      const kept = attempts.findLastIndex((attempt) => attempt.state === 'durable');
      const later = attempts.slice(kept + 1).filter(({ state }) => MAYBE.includes(state));
      return [...(kept < 0 ? [{ value: undefined }] : [attempts[kept]]), ...later];
    });
  }

  /**
   * While a process lives, the newest value that was not refused comes through: to be asked when
   * nothing waits.
   */
  unsettled(webspace, json, life) {
    return this.#judge(webspace, json, (attempts) => {
      const known = attempts.slice(attempts.findLastIndex(({ state }) => state === 'unsure') + 1);
      const newest = known.findLast(({ state }) => state === 'durable' || state === 'accepted');
      return newest?.life === life ? [newest] : undefined;
    });
  }

  #judge(webspace, json, allowedOf) {
    const wrong = [];
    for (const { path, attempts } of this.#cellsOf(webspace)) {
      const allowed = allowedOf(attempts);
      const found = jsonAt(json, path);
      if (allowed && !allowed.some(({ value }) => isDeepStrictEqual(value, found))) {
        wrong.push(`${webspace} ${path} holds ${numberOf(found)}, allowed are `
          + allowed.map(({ value, state }) => `${numberOf(value)} (${state})`).join(', '));
      }
    }
    return wrong;
  }

  #cellsOf(webspace) {
    return [...this.#cells.values()].filter((cell) => cell.webspace === webspace);
  }

  /**
   * Goes through the log as real yjs applies it: what was acknowledged with a generation stands in
   * the document of that generation, what was refused in none, and no path goes back.
   */
  verify(webspace, rows, doc, applyUpdate) {
    const cells = this.#cellsOf(webspace);
    const attempts = cells.flatMap((cell) => cell.attempts);
    const refused = new Set(attempts.filter(({ state }) => state === 'refused').map(nameOf));
    const durable = attempts.filter(({ state }) => state === 'durable')
      .sort((a, b) => a.generation - b.generation);
    const newest = new Map();
    const wrong = [];
    for (const { generation, payload } of rows) {
      applyUpdate(doc, payload);
      for (; durable[0]?.generation === generation; durable.shift()) {
        const found = valueAt(doc, durable[0].path);
        if (!isDeepStrictEqual(found, durable[0].value)) {
          wrong.push(`generation ${generation} has ${numberOf(found)}, acknowledged was ${nameOf(durable[0])}`);
        }
      }
      for (const { path } of cells) {
        const value = valueAt(doc, path);
        const number = numberOf(value) ?? 0;
        const before = newest.get(path) ?? 0;
        if (number < before) wrong.push(`generation ${generation} takes ${path} from ${before} to ${number}`);
        if (refused.has(nameOf({ path, value }))) {
          wrong.push(`generation ${generation} has ${path} ${number}, which was refused`);
        }
        newest.set(path, number);
      }
    }
    return [...wrong, ...durable.map((attempt) => `not in the log: ${nameOf(attempt)}`)];
  }
}

const nameOf = ({ path, value }) => `${path} ${numberOf(value)}`;
