// Operations on real processes that die: none hangs, none is done twice, none is said to be what it is not.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Hub, until } from '../../e2e/lib/hub.mjs';
import { connect } from '../../e2e/lib/yjs-client.mjs';
import { audit } from '../lib/operations/audit.mjs';
import { keepBooks, readBooks } from '../lib/operations/books.mjs';
import { Breaker } from '../lib/operations/breaker.mjs';
import { Client } from '../lib/operations/client.mjs';
import { Load } from '../lib/operations/load.mjs';
import { placesUnlike, rulesUnlike } from '../lib/operations/places.mjs';
import { Shelf } from '../lib/operations/shelf.mjs';
import { rebuiltLike, shown, shownUnlike } from '../lib/operations/view.mjs';
import { Seed } from '../lib/seed.mjs';

const OPERATIONS = Number(process.env.HUB_CHAOS_OPERATIONS ?? 200);
const IDENTICAL = 1_000;
const VERBS = ['install', 'install', 'update', 'uninstall'];
/** Short, so that some deadlines pass while processes are away. */
const DEADLINE_S = 40;
const QUIET_MS = (DEADLINE_S + 60) * 1_000;

const report = (line) => console.log(`chaos: ${line}`);
const list = (counts) => Object.entries(counts).map(([what, n]) => `${what} ${n}`).join(', ') || 'none';

describe('operations, whatever dies', { concurrency: false }, () => {
  let seed, hub, shelf, breaker, client, reader;

  before(async () => {
    seed = Seed.ofRun();
    report(`seed ${seed.value} (again: HUB_CHAOS_SEED=${seed.value} HUB_CHAOS_OPERATIONS=${OPERATIONS} `
      + './hub chaos operations)');
    hub = await Hub.create();
    const up = await hub.up({ HUB_OPERATIONS_INSTALL_DEADLINE: `${DEADLINE_S}s` });
    assert.equal(up.code, 0, up.stdout + up.stderr);
    await keepBooks(hub);
    shelf = new Shelf(seed.fork());
    await shelf.push(hub);
    breaker = new Breaker(hub, seed.fork(), report);
    client = new Client(hub, breaker);
    reader = connect(hub.projection, hub.adminToken());
  });

  after(async () => {
    reader?.close();
    const down = await hub?.down();
    if (!process.env.HUB_CHAOS_KEEP) hub?.cleanUp();
    assert.equal(down?.code, 0, down?.stdout + down?.stderr);
  });

  async function quiet() {
    await until('every operation has ended', async () =>
      (await client.read('/v1/operations?status=active'))?.items.length === 0, QUIET_MS);
  }

  test('a thousand who ask at once for the same get one operation', async () => {
    const { id } = shelf.skills[1];
    const registry = hub.pid('registry-sync-service');
    process.kill(registry, 'SIGSTOP');
    let answers;
    try {
      answers = await Promise.all(Array.from({ length: IDENTICAL }, () => client.start(
        { kind: 'skill.install', target_kind: 'skill', target_id: id })));
    } finally {
      process.kill(registry, 'SIGCONT');
    }
    assert.equal(new Set(answers.map((answer) => answer?.operation_id)).size, 1);
    assert.equal(answers.filter(({ joined }) => joined).length, IDENTICAL - 1);
    const { status, error } = await client.ended(answers[0].operation_id);
    assert.equal(status, 'succeeded', JSON.stringify(error));
    const { operations } = await readBooks(hub);
    assert.equal(operations.filter(({ state }) => state.target_id === id).length, 1);
    report(`${IDENTICAL} identical at once: ${list(client.answers)}`);
    assert.deepEqual(client.complaints.splice(0), []);
  });

  test('every accepted operation ends once, as it was said, and leaves nothing half done', async () => {
    const load = new Load({ client, shelf, seed: seed.fork(), verbs: VERBS });
    const wanted = client.accepted.size + OPERATIONS;
    const person = load.answerQuestions();
    try {
      await Promise.all([
        breaker.run({ accepted: () => client.accepted.size, first: 10, operations: wanted }),
        load.run(wanted),
      ]);
      await quiet();
    } finally {
      load.end();
      await person;
    }
    report(`${client.accepted.size} accepted (answers: ${list(client.answers)}), ${load.bursts} bursts`);
    report(`killed: ${list(breaker.killed)}; met in: ${list(breaker.met)}`);
    reportCancels();
    assert.deepEqual(client.complaints, []);
  });

  function reportCancels() {
    const { cancelled } = client;
    const outcomes = {};
    cancelled.forEach(({ outcome }) => { outcomes[outcome] = (outcomes[outcome] ?? 0) + 1; });
    const ms = cancelled.filter(({ disturbed }) => !disturbed).map((each) => each.ms).sort((a, b) => a - b);
    const at = (share) => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))];
    report(`${cancelled.length} cancels: ${list(outcomes)}; ${ms.length} of them while all was well: `
      + `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${ms.at(-1)} ms`);
  }

  test('the books hold: nothing lost, doubled, late or half done', async () => {
    const books = await until('facts are published', async () => {
      const read = await readBooks(hub);
      return read.head.published === read.head.sequence && read;
    });
    const outcomes = {};
    books.operations.forEach(({ status }) => { outcomes[status] = (outcomes[status] ?? 0) + 1; });
    report(`${books.operations.length} operations (${list(outcomes)}), ${books.states.length} states, `
      + `${books.facts.length} facts, ${books.installed.length} changes of records`);
    assert.deepEqual(audit({
      ...books, accepted: client.accepted, cancelled: client.cancelled, outages: breaker.outages,
    }), []);
  });

  test('what is linked is what is recorded, whole, and its rules count', async () => {
    const { items } = await hub.json(`${hub.operations}/v1/installed`);
    assert.deepEqual(placesUnlike(path.join(hub.data, 'workspace'), items, shelf), []);
    await until('rules are those of the record', async () => {
      assert.deepEqual(await rulesUnlike(hub, items, shelf), []);
      return true;
    });
    report(`${items.length} installed`);
  });

  test('the document is like the lists, and like one that is built from them anew', async () => {
    const listed = { operations: await all('/v1/operations?status=ended'), notifications:
      (await hub.json(`${hub.operations}/v1/notifications?limit=500`)).items };
    await until('the document is like the lists', () => {
      assert.deepEqual(shownUnlike(shown(reader.doc), listed), []);
      return true;
    });
    await rebuiltLike(hub, shown(reader.doc), listed);
  });

  async function all(at) {
    const items = [];
    for (let cursor = ''; cursor !== undefined;) {
      const page = await hub.json(`${hub.operations}${at}&limit=500${cursor && `&cursor=${cursor}`}`);
      items.push(...page.items);
      cursor = page.next_cursor ?? undefined;
    }
    return items;
  }
});
