// The audit of the books: it says nothing of good ones, and names each fault that is put into them.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { audit } from '../lib/operations/audit.mjs';
import { placesUnlike, rulesUnlike } from '../lib/operations/places.mjs';
import { VERSIONS, Shelf } from '../lib/operations/shelf.mjs';
import { shownUnlike } from '../lib/operations/view.mjs';
import { Seed } from '../lib/seed.mjs';

const TARGET = 'skill:a@hub';

/** An operation that came, ran and ended so. */
function story(id, status, result = null) {
  const statuses = ['accepted', 'running', status];
  const state = { kind: 'skill.install', initiator: { kind: 'user', id: 'x' }, result };
  return statuses.map((each, i) => ({ id, target: TARGET, status: each, revision: i + 1, state }));
}

/** One that installed 1.0.0, then one that was cancelled after it had switched to 2.0.0. */
function goodBooks() {
  const states = [...story('op_1', 'succeeded', { version: '1.0.0' }), ...story('op_2', 'cancelled')];
  const record = (by, version, of) => ({
    removed: false, target: TARGET, activatingBy: by, artifact: { operation_id: of, version },
  });
  const facts = [
    ...states.map(({ id, revision }) => (
      { type: 'io.adaos.hub.operation.changed.v1', key: id, payload: { operation: { revision } } })),
    ...['op_1', 'op_2'].map((id) => (
      { type: 'io.adaos.hub.operation.notified.v1', key: id, payload: { operation_id: id } })),
  ].map((fact, i) => ({ ...fact, sequence: i + 1 }));
  return {
    states, facts, accepted: new Set(['op_1', 'op_2']),
    operations: [
      { id: 'op_1', status: 'succeeded', state: states[2].state, deadline: 9_000, ended: 1_000 },
      { id: 'op_2', status: 'cancelled', state: states[5].state, deadline: 9_000, ended: 2_000 },
    ],
    installed: [
      record('op_1', '1.0.0', 'op_1'), record(null, '1.0.0', 'op_1'),
      record('op_2', '2.0.0', 'op_2'), record(null, '1.0.0', 'op_1'),
    ],
    head: { sequence: facts.length, published: facts.length },
    notifications: [{ id: 'op_1' }, { id: 'op_2' }],
    cancelled: [{ id: 'op_2', outcome: 'cancelled', ms: 40, disturbed: false }],
    outages: [],
  };
}

/** What is said of the books after something was done to them. */
function said(spoil) {
  const books = goodBooks();
  spoil(books);
  return audit(books).join('\n');
}

const FAULTS = {
  'an accepted id that is gone': [/op_9 was accepted and is gone/, (b) => b.accepted.add('op_9')],
  'one that nobody asked for': [/op_2 was never asked for/, (b) => b.accepted.delete('op_2')],
  'one that has not ended': [/op_2 is still running/, (b) => { b.operations[1].status = 'running'; }],
  'an end after the deadline': [/op_1 ended 6000 ms after/, (b) => { b.operations[0].ended = 15_000; }],
  'a revision that is missing': [/change 2 of op_1 is revision 3/, (b) => b.states.splice(1, 1)],
  'a word after the end': [/op_1 was succeeded, then failed/, (b) =>
    b.states.splice(3, 0, { ...b.states[2], status: 'failed', revision: 4 })],
  'two with one target': [/op_2 is accepted while op_1 has/, (b) =>
    b.states.splice(1, 0, ...b.states.splice(3, 1))],
  'a switch that was made twice': [/op_1 .* switched 2, confirmed 1/, (b) => b.installed.unshift(b.installed[0])],
  'a success without its effect': [/op_1 .* switched 0, confirmed 0/, (b) => b.installed.splice(0, 2)],
  'a cancelled one that was not taken back': [/op_2 .* switched 1, confirmed 0, took back 0/, (b) =>
    b.installed.pop()],
  'a record of something else': [/should be 1.0.0, recorded is 3.0.0/, (b) => {
    b.installed[3] = { ...b.installed[3], artifact: { operation_id: 'op_1', version: '3.0.0' } };
  }],
  'an outcome that was not told': [/op_2 has 0 notifications, told 1/, (b) => b.notifications.pop()],
  'an outcome that was told twice': [/op_2 has 1 notifications, told 2/, (b) => {
    b.facts.push({ ...b.facts.at(-1), sequence: b.facts.length + 1 });
    b.head = { sequence: b.facts.length, published: b.facts.length };
  }],
  'a hole in the numbers': [/fact 3 has the number 4/, (b) => b.facts.splice(2, 1)],
  'a fact that is not published': [/published to 7 of 8/, (b) => { b.head.published = 7; }],
  'a revision that was not told': [/of op_1 revisions 1,3 were told, 1,2,3 were/, (b) => {
    b.facts.splice(1, 1);
    b.facts.forEach((fact, i) => { fact.sequence = i + 1; });
    b.head = { sequence: 7, published: 7 };
  }],
  'a cancel that was not so': [/op_1 was said to be cancelled and is succeeded/, (b) => {
    b.cancelled[0].id = 'op_1';
  }],
  'a cancel that took too long': [/op_2 was answered after 4501 ms/, (b) => { b.cancelled[0].ms = 4_501; }],
  'a cancel without an answer': [/answered with internal/, (b) => { b.cancelled[0].outcome = 'internal'; }],
};

describe('the audit of operations', () => {
  test('good books are good', () => {
    assert.deepEqual(audit(goodBooks()), []);
  });

  test('time without a service is excused, and only that', () => {
    const late = (to) => said((b) => {
      b.operations[0].ended = 20_000;
      b.outages = [{ from: 8_000, to }];
    });
    assert.equal(late(16_000), '');
    assert.match(late(14_000), /op_1 ended/);
  });

  for (const [fault, [word, spoil]] of Object.entries(FAULTS)) {
    test(`${fault} is named`, () => assert.match(said(spoil), word));
  }

  test('a node: link, record and every byte', () => {
    const shelf = new Shelf(new Seed(7));
    const folder = mkdtempSync(path.join(tmpdir(), 'hub-audit-'));
    const digest = `sha256:${'a'.repeat(64)}`;
    const stored = path.join(folder, '.store/skill/chaos_skill_1', digest);
    const link = path.join(folder, 'skills/chaos_skill_1');
    const items = [{ kind: 'skill', id: 'chaos_skill_1', name: 'chaos_skill_1', version: VERSIONS[0],
      status: 'installed', content_digest: digest }];
    const files = shelf.contents.get(`skill:chaos_skill_1@${VERSIONS[0]}`);
    Object.entries(files).forEach(([file, bytes]) => {
      mkdirSync(path.dirname(path.join(stored, file)), { recursive: true });
      writeFileSync(path.join(stored, file), bytes);
    });
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(`../.store/skill/chaos_skill_1/${digest}`, link);
    try {
      const unlike = (records) => placesUnlike(folder, records, shelf).join('\n');
      assert.equal(unlike(items), '');
      assert.match(unlike([]), /is there and not recorded/);
      assert.match(unlike([{ ...items[0], status: 'activating' }]), /recorded as activating/);
      assert.match(unlike([{ ...items[0], version: VERSIONS[1] }]), /other files/);
      mkdirSync(path.join(folder, '.store/.tmp/rest'), { recursive: true });
      assert.match(unlike(items), /rest was left behind/);
      writeFileSync(path.join(stored, 'README.md'), 'half');
      assert.match(unlike(items), /other files/);
      unlinkSync(link);
      assert.match(unlike(items), /leads to nowhere/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('rules: those of the record, and no others', async () => {
    const loaded = { 'skill/chaos_skill_1': '1.0.0' };
    const server = createServer((request, response) => {
      const version = loaded[request.url.replace('/v1/projections/rules/', '')];
      response.writeHead(version ? 200 : 404).end(JSON.stringify({ version }));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const hub = { projection: `http://127.0.0.1:${server.address().port}`, adminToken: () => 'x' };
      const unlike = async (version) => (await rulesUnlike(hub,
        [{ kind: 'skill', id: 'chaos_skill_1', version }], new Shelf(new Seed(7)))).join('\n');
      assert.equal(await unlike('1.0.0'), '');
      assert.equal(await unlike('2.0.0'), 'rules of skill chaos_skill_1 are 1.0.0, recorded is 2.0.0');
      loaded['skill/chaos_skill_2'] = '1.0.0';
      assert.equal(await unlike('1.0.0'), 'rules of skill chaos_skill_2 are 1.0.0, recorded is 404');
    } finally {
      server.close();
    }
  });

  test('a document: the newest that ended, each as it is', () => {
    const truth = Array.from({ length: 22 }, (_, i) => ({
      operation_id: `op_${i}`, status: 'succeeded', progress: 100,
      started_at: new Date(i).toISOString(), finished_at: new Date(100 + i).toISOString(),
    }));
    const of = (list) => ({
      operations: {
        order: list.map(({ operation_id: id }) => id), active: [],
        by_id: Object.fromEntries(list.map(({ operation_id: id, status }) => [id, { status }])),
      },
      notifications: [],
    });
    const unlike = (shown) => shownUnlike(shown, { operations: [...truth], notifications: [] }).join('\n');
    const good = () => of(truth.slice(2));
    assert.equal(unlike(good()), '');
    assert.match(unlike(of(truth.slice(1, 21))), /op_21 is not shown\nop_1 is still shown/);
    assert.match(unlike(of(truth.slice(3))), /19 are shown\nop_2 is not shown/);
    assert.match(unlike(of([...truth.slice(2)].reverse())), /order/);
    const wrong = good();
    wrong.operations.by_id.op_3.status = 'failed';
    assert.match(unlike(wrong), /op_3: status is shown as "failed"/);
    const active = good();
    active.operations.active = ['op_3'];
    assert.match(unlike(active), /active are op_3/);
    const told = { ...good(), notifications: [{ id: 'n' }] };
    assert.match(unlike(told), /notifications are others/);
  });
});
