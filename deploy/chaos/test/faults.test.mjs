// The packaged hub under load while its processes die: nothing acknowledged is lost, all of it heals.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as Y from 'yjs';
import { sleep, until } from '../../e2e/lib/hub.mjs';
import * as faults from '../lib/faults.mjs';
import { faultsOfOrder, logOf } from '../lib/log.mjs';
import { AckReader, digest, RawWriter, Reader } from '../lib/readers.mjs';
import { HEALED_MS, LATE, Scene, WEBSPACES } from '../lib/scene.mjs';
import { Seed } from '../lib/seed.mjs';
import { valueAt } from '../lib/values.mjs';

/** Each of these once, kill -9 three times, in an order that the seed gives. */
const ONCE = ['natsWiped', 'postgresKilled', 'postgresRestarted'];
const KILLS = 3;
const SECONDS = Number(process.env.HUB_CHAOS_SECONDS ?? 0);

const report = (line) => console.log(`chaos: ${line}`);

describe('writes, whatever dies', { concurrency: false }, () => {
  let seed;
  let scene;
  let broken = false;

  /** Nothing can be said of a hub that has not healed. */
  const step = (name, body) => test(name, async () => {
    assert.ok(!broken, 'an earlier step failed');
    broken = true;
    await body();
    broken = false;
  });

  before(async () => {
    seed = Seed.ofRun();
    report(`seed ${seed.value} (again: HUB_CHAOS_SEED=${seed.value} ./hub chaos)`);
    scene = await Scene.open(seed);
  });

  after(async () => {
    const down = await scene?.close();
    assert.equal(down?.code, 0, down?.stdout + down?.stderr);
  });

  async function suffer(name) {
    await sleep(seed.between(200, 1500));
    const told = await faults[name](scene);
    report(`${name}: ${Object.entries(told).map(([what, is]) => `${what} ${is}`).join(', ')}`);
    assert.deepEqual([...scene.complaints], []);
  }

  /** When nothing moves, every count is exact and every path holds the newest of its values. */
  async function assertBalance() {
    const rows = await scene.quiet();
    for (const { owner, webspace_id: webspace, counters } of rows) {
      assert.equal(counters.attempted_total,
        counters.applied + counters.coalesced + counters.refused, `${owner} in ${webspace}`);
    }
    for (const subject of scene.hasAllAnswers ? new Set(scene.writers.map((writer) => writer.subject)) : []) {
      const ours = scene.writers.filter((writer) => writer.subject === subject);
      const theirs = rows.filter(({ owner }) => owner === subject);
      const sum = (list, of) => list.reduce((total, each) => total + of(each), 0);
      const counted = {
        attempted: sum(theirs, ({ counters }) => counters.attempted_total),
        refused: sum(theirs, ({ counters }) => counters.refused),
      };
      assert.deepEqual(counted, {
        attempted: sum(ours, ({ attempted }) => attempted),
        refused: sum(ours, ({ refused }) => refused),
      }, subject);
    }
    for (const webspace of WEBSPACES) {
      const { document } = await scene.state(webspace);
      assert.deepEqual(scene.ledger.unsettled(webspace, document, scene.life), []);
    }
    report(`balance exact for ${rows.length} owners, ${scene.ledger.counts.durable} durable writes so far`);
    scene.resume();
    await scene.heals();
  }

  step('kill -9, a wiped broker, a dying database: all of it heals, and every count is exact', async () => {
    const end = Date.now() + SECONDS * 1_000;
    for (const name of seed.shuffled([...ONCE, ...Array(KILLS).fill('serviceKilled')])) {
      if (name === 'serviceKilled') await assertBalance();
      await suffer(name);
    }
    while (Date.now() < end) {
      const name = seed.pick([...ONCE, 'serviceKilled', 'postgresFrozen', 'ownerStopped']);
      if (name === 'serviceKilled') await assertBalance();
      await suffer(name);
    }
  });

  step('a skill is pushed, installed and writes after the broker was wiped', async () => {
    await scene.installsAnother(LATE);
  });

  step('an owner that is stopped is replaced, and has nothing to say when it goes on', async () => {
    await suffer('ownerStopped');
  });

  step('after all of it the log holds what was acknowledged, and everybody holds the log', async () => {
    await scene.quiet();
    await scene.settled();
    for (const webspace of WEBSPACES) await assertWebspace(webspace);
    assert.deepEqual([...scene.complaints], []);
    report(`${JSON.stringify(scene.ledger.counts)}; raw writes ${scene.raw.number}`);
    report(`the hasty owner: ${JSON.stringify(outcomesOf(scene.hasty))}`);
  });

  /** The hub may write a word of its own status meanwhile; what that came into is looked at anew. */
  async function assertWebspace(webspace, tries = 5) {
    const rows = await logOf(scene.hub, webspace);
    try {
      await assertLog(webspace, rows);
    } catch (error) {
      if (tries === 1 || (await logOf(scene.hub, webspace)).length === rows.length) throw error;
      await assertWebspace(webspace, tries - 1);
    }
  }

  async function assertLog(webspace, rows) {
    const { generation, document } = await scene.state(webspace);
    const doc = new Y.Doc();
    assert.deepEqual(faultsOfOrder(rows), []);
    assert.equal(generation, rows.length);
    assert.deepEqual(scene.ledger.verify(webspace, rows, doc, Y.applyUpdate), []);
    assert.deepEqual(scene.ledger.lost(webspace, document), []);
    const acks = scene.acks.filter((each) => each.webspace === webspace);
    acks.forEach((each) => assert.deepEqual(each.unlike(rows), []));
    await assertReaders(webspace, document, doc);
    report(`${webspace}: ${rows.length} generations of ${rows.at(-1).epoch} epochs, `
      + `${acks.reduce((sum, each) => sum + each.told.size, 0)} compared with what a socket was told`);
    doc.destroy();
  }

  /** Readers that have lived through all of it, and one that comes now. */
  async function assertReaders(webspace, document, logged) {
    const token = scene.hub.adminToken();
    const replica = scene.hub.projection;
    const fresh = new Reader({ version: '3.1.0', replica, token, webspace });
    const asked = new AckReader({ replica, token, webspace });
    try {
      await until('fresh readers are there', () => fresh.provider.synced && asked.serverVector, HEALED_MS);
      const vector = (doc) => digest(Y.encodeStateVector(doc));
      const readers = [...scene.readers, scene.raw, fresh].filter((each) => each.webspace === webspace);
      for (const { doc } of [...readers, ...scene.acks.filter((each) => each.webspace === webspace)]) {
        await until('a reader holds all', () => vector(doc) === vector(logged), HEALED_MS);
        assert.deepEqual(jsonOf(doc, document), document);
      }
      assert.deepEqual(Y.decodeStateVector(asked.serverVector), Y.decodeStateVector(Y.encodeStateVector(logged)));
      if (scene.raw.webspace === webspace) {
        const newest = Math.max(...RawWriter.paths().map((path) => valueAt(fresh.doc, path)));
        assert.equal(newest, scene.raw.number);
      }
    } finally {
      fresh.close();
      asked.close();
    }
  }

  function outcomesOf(writers) {
    const sums = {};
    for (const { outcomes } of writers) {
      for (const [outcome, count] of Object.entries(outcomes)) sums[outcome] = (sums[outcome] ?? 0) + count;
    }
    return sums;
  }

  function jsonOf(doc, like) {
    return Object.fromEntries(Object.keys(like).map((root) => [root, doc.getMap(root).toJSON()]));
  }
});
