// Real yjs as one side of the differential tests: a request a line, an answer a line, all JSON.
//   {"do":"author","script":{…}}  runs a script and tells all that happened and came of it
//   {"do":"follow","clients":[…],"log":[…],"payloads":[…]}  repeats what others authored
//   {"do":"judge","history":[…],"update":…}  what yjs makes of one possibly broken update
// A log has one entry for each step; payloads are updates in base64, named by their index:
//   ["edit", client, step of the script, payload or -1, clean-ups]
//   ["receive", client, payload, clean-ups, what yjs told its listeners: "" none, "=" the payload]
//   ["state", client, state vector, payload, the same of a replica that only reads: "=" alike]
//   ["merge", payloads, payload, the same in the order given: "=" alike]
//   ["diff", payload, state vector, payload]       ["reload", client, new id, payload]
import readline from 'node:readline';
import * as Y from 'yjs';
import { edit, newDoc, ROOTS } from './fuzz-edit.mjs';
import { fromBase64, toBase64, viewOf } from './portable.mjs';

const CLEANUP_ROUNDS_MAX = 8;
const READER_IDS = 2 ** 53 - 5_000_000;     // no author has them

console.log = console.error;    // the standard output is for answers

/** Replicas, and the record of what they did. */
class Network {
  replicas = [];
  payloads = [];
  log = [];
  shared = [];    // payloads that everybody must get in the end
  withReaders;

  constructor(withReaders = false) {
    this.withReaders = withReaders;
  }

  add(id, gc, index = this.replicas.length) {
    const doc = newDoc(id, gc);
    const reader = this.withReaders ? readerOf(index) : doc;
    const replica = { doc, reader, emitted: [], vectors: [] };
    replica.doc.on('update', (update, _origin, _doc, transaction) =>
      replica.emitted.push([update, transaction.local]));
    this.replicas[index]?.doc.destroy();
    this.replicas[index] = replica;
  }

  keep(update, share = false) {
    this.payloads.push(update);
    if (share) this.shared.push(this.payloads.length - 1);
    return this.payloads.length - 1;
  }

  take(replica) {
    replica.vectors.push(Y.encodeStateVector(replica.doc));
    return replica.emitted.splice(0);
  }

  edit(client, step, ops) {
    const replica = this.replicas[client];
    replica.doc.transact(() => ops.forEach((op) => edit(replica.doc, op)));
    const [own, ...cleanups] = this.take(replica).map(([update]) => this.keep(update, true));
    this.tell(replica, own === undefined ? cleanups : [own, ...cleanups]);
    this.log.push(['edit', client, step, own ?? -1, cleanups]);
  }

  receive(client, payload) {
    const replica = this.replicas[client];
    apply(replica.doc, this.payloads[payload]);
    const emitted = this.take(replica);
    const remote = emitted.find(([, local]) => !local)?.[0];
    const cleanups = emitted.filter(([, local]) => local).map(([update]) => this.keep(update, true));
    this.tell(replica, [payload, ...cleanups]);
    const told = remote === undefined ? '' : toBase64(remote);
    this.log.push(['receive', client, payload, cleanups,
      told === toBase64(this.payloads[payload]) ? '=' : told]);
  }

  tell({ doc, reader }, payloads) {
    if (reader !== doc) payloads.forEach((payload) => apply(reader, this.payloads[payload]));
  }

  state(client, vector) {
    const { doc, reader } = this.replicas[client];
    const payload = this.keep(Y.encodeStateAsUpdate(doc, vector));
    const read = toBase64(Y.encodeStateAsUpdate(reader, vector));
    this.log.push(['state', client, toBase64(vector), payload,
      read === toBase64(this.payloads[payload]) ? '=' : read]);
    return payload;
  }

  merge(payloads) {
    const updates = payloads.map((each) => this.payloads[each]);
    const payload = this.keep(Y.mergeUpdates(updates));
    const ordered = toBase64(mergeInOrder(updates));
    this.log.push(['merge', payloads, payload,
      ordered === toBase64(this.payloads[payload]) ? '=' : ordered]);
    return payload;
  }

  diff(source, vector) {
    const payload = this.keep(Y.diffUpdate(this.payloads[source], vector));
    this.log.push(['diff', source, toBase64(vector), payload]);
    return payload;
  }

  reload(client, id, gc) {
    const payload = this.state(client, new Uint8Array([0]));
    this.log.push(['reload', client, id, payload]);
    this.add(id, gc, client);
    this.receive(client, payload);
  }

  /** Everybody gets everything, in an order of their own; clean-ups go round until none comes. */
  exchange(random) {
    const known = this.shared.length;
    this.replicas.forEach((_, client) => {
      const order = this.shared.slice(0, known);
      for (let i = order.length - 1; i > 0; i--) {
        const j = random(i + 1);
        [order[i], order[j]] = [order[j], order[i]];
      }
      order.forEach((payload) => this.receive(client, payload));
    });
    this.exchangeFrom(known);
  }

  exchangeFrom(known) {
    let from = known;
    for (let round = 0; from < this.shared.length; round++) {
      if (round === CLEANUP_ROUNDS_MAX) throw new Error('yjs never stops cleaning up');
      const latest = this.shared.slice(from);
      from = this.shared.length;
      this.replicas.forEach((_, client) => latest.forEach((payload) => this.receive(client, payload)));
    }
  }

  outcome() {
    const finals = this.replicas.map(({ doc, reader }) => ({
      pending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null,
      vector: toBase64(Y.encodeStateVector(doc)),
      state: toBase64(Y.encodeStateAsUpdate(reader)),
      view: Object.fromEntries(Object.keys(ROOTS).map((root) => [root, viewOf(doc.get(root, ROOTS[root]))])),
      xml: doc.get('x', Y.XmlFragment).toString().toWellFormed(),
    }));
    for (const final of finals.slice(1)) {
      for (const part of ['vector', 'state', 'view', 'xml']) {
        if (JSON.stringify(final[part]) === JSON.stringify(finals[0][part])) final[part] = '=';
      }
    }
    this.replicas.forEach(({ doc }) => doc.destroy());
    return { log: this.log, payloads: this.payloads.map(toBase64), shared: this.shared, finals };
  }
}

/**
 * Applies an update; all that waits is tried again. Of two blocks of which one needs a unit of the
 * other, and the other has a gap, yjs notes the gap alone, and so may leave the first waiting when
 * its unit is there. With client 0 always missing unit -1 it looks each time.
 */
function apply(doc, update) {
  doc.store.pendingStructs?.missing.set(0, -1);
  Y.applyUpdate(doc, update);
}

/**
 * A replica that reads what another writes. What is deleted by an edit is visited in another order
 * than what a delete set names, so yjs joins less or more of what is left of it. Clean-ups of its
 * own it leaves to the writer.
 */
function readerOf(index) {
  const doc = newDoc(READER_IDS + index);
  doc.on('afterTransaction', (transaction) => { transaction._needFormattingCleanup = false; });
  return doc;
}

/**
 * Merges as yjs does. Of an item and a remainder that begin at the same clock its comparison says
 * that each stands before the other, so that it changes with every sort which of them is kept;
 * here it is always that of the update given first.
 */
function mergeInOrder(updates) {
  const { sort } = Array.prototype;
  const places = new Map();
  Array.prototype.sort = function inOrder(compare) {
    this.forEach((each) => places.has(each) || places.set(each, places.size));
    return sort.call(this, (a, b) => {
      const before = compare(a, b);
      return before < 0 && compare(b, a) < 0 ? places.get(a) - places.get(b) : before;
    });
  };
  try {
    return Y.mergeUpdates(updates);
  } finally {
    Array.prototype.sort = sort;
  }
}

/** Numbers below a bound from a seed: mulberry32. */
function randomOf(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6D2B79F5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  };
}

function author({ mode, clients, keepAll, seed, steps }) {
  const network = new Network(mode === 'THEIRS');
  const gc = (client) => !(keepAll && client % 2 === 1);
  clients.forEach((id, client) => network.add(id, gc(client)));
  const shared = (pick) => network.shared[pick % network.shared.length];
  const someVector = (client, pick) => {
    const { doc, vectors } = network.replicas[client];
    if (pick % 4 === 0 || vectors.length === 0) return Y.encodeStateVector(doc);
    return pick % 4 === 1 ? new Uint8Array([0]) : vectors[pick % vectors.length];
  };
  steps.forEach((step, index) => {
    const client = step.client % clients.length;
    if (step.do === 'edit') {
      network.edit(client, index, step.ops);
    } else if (step.do === 'reload') {
      network.reload(client, step.id, gc(client));
    } else if (step.do === 'sync') {
      network.receive(client, network.state(step.from % clients.length, someVector(client, step.pick)));
    } else if (network.shared.length > 0) {
      if (step.do === 'receive') {
        network.receive(client, shared(step.pick));
      } else {
        const any = (pick) => pick % network.payloads.length;
        let payload = network.merge(step.picks.map(step.pick % 3 === 0 ? any : shared));
        if (step.pick % 2 === 0) payload = network.diff(payload, someVector(client, step.pick >> 1));
        network.receive(client, payload);
      }
    }
  });
  network.exchange(randomOf(seed));
  if (network.shared.length > 0) {
    network.add(1, true);
    const known = network.shared.length;
    network.receive(clients.length, network.merge([...network.shared]));
    network.exchangeFrom(known);
  }
  return network.outcome();
}

/** Repeats a log; only the clean-ups that yjs adds, and the outcome, are of interest. */
function follow({ clients, log, payloads }) {
  const network = new Network();
  network.payloads = payloads.map(fromBase64);
  clients.forEach((_, client) => network.add(READER_IDS + client, true));
  for (const [what, client, second, third] of log) {
    if (what === 'edit' && third >= 0) network.receive(client, third);
    if (what === 'receive') network.receive(client, second);
    if (what === 'reload') network.add(READER_IDS + client, true, client);
  }
  network.exchangeFrom(0);
  const { finals, shared, payloads: all } = network.outcome();
  return { finals, cleanups: shared.map((payload) => all[payload]) };
}

const KINDS = { map: Y.Map, array: Y.Array, text: Y.Text, xml: Y.XmlFragment };

/** What yjs makes of an update, and whether its own state leads to the same document again. */
function judge({ roots, history, update }) {
  const types = Object.fromEntries(Object.keys(roots).map((root) => [root, KINDS[roots[root]]]));
  const doc = newDoc(READER_IDS, true, types);
  const cleanups = [];
  history.forEach((each) => Y.applyUpdate(doc, fromBase64(each)));
  doc.on('update', (each, _origin, _doc, transaction) => {
    if (transaction.local) cleanups.push(toBase64(each));
  });
  try {
    Y.applyUpdate(doc, fromBase64(update));
  } catch (e) {
    return { taken: false, why: String(e.message) };
  }
  return { taken: true, cleanups, ...shown(doc, types), copy: copyOf(doc, types) };
}

/** What yjs reads from its own state; null when it refuses it. */
function copyOf(doc, types) {
  const copy = newDoc(READER_IDS + 1, true, types);
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  } catch {
    return null;
  }
  return shown(copy, types);
}

function shown(doc, types) {
  return {
    pending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null,
    vector: toBase64(Y.encodeStateVector(doc)),
    view: Object.fromEntries(Object.keys(types).map((root) => [root, viewOf(doc.get(root, types[root]))])),
  };
}

const ANSWERS = { author: ({ script }) => author(script), follow, judge };

for await (const line of readline.createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = ANSWERS[request.do](request);
  } catch (e) {
    answer = { error: String(e.stack) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
