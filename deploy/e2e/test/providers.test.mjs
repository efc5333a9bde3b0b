// The npm providers of three major versions against the running service, and the protocol beneath.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { applyAwarenessUpdate, Awareness } from 'y-protocols/awareness';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { Hub, sleep, until } from '../lib/hub.mjs';
import { connectWith, openSocket, VERSIONS } from '../lib/providers.mjs';

const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
const IDLE_MS = 37_000;
const versions = Object.keys(VERSIONS);

describe('y-websocket providers', { concurrency: false }, () => {
  let hub;
  const open = [];
  const client = (version) => {
    const made = connectWith(version, hub.projection, hub.adminToken());
    open.push(made);
    return made;
  };

  before(async () => {
    hub = await Hub.create();
    const up = await hub.up();
    assert.equal(up.code, 0, up.stdout + up.stderr);
  });

  after(async () => {
    open.forEach((each) => each.close());
    const down = await hub.down();
    hub.cleanUp();
    assert.equal(down.code, 0, down.stdout + down.stderr);
  });

  for (const version of versions) {
    test(`${version}: two clients exchange what they write`, async () => {
      const [a, b] = [client(version), client(version)];
      await Promise.all([a.synced(), b.synced()]);
      a.data.set(`from a ${version}`, [1, { two: 'three' }]);
      const list = b.data.set(`from b ${version}`, new Y.Array());
      list.push(['x']);
      await until('a sees b', () => a.data.get(`from b ${version}`)?.length === 1);
      await until('b sees a', () => b.data.get(`from a ${version}`));
      const late = client(version);
      await late.synced();
      await until('the late one holds the same', () => {
        assert.deepEqual(late.doc.toJSON(), a.doc.toJSON());
        assert.deepEqual(Y.encodeStateAsUpdate(late.doc), Y.encodeStateAsUpdate(a.doc));
        return true;
      });
      [a, b, late].forEach((each) => each.close());
    });

    test(`${version}: presence is seen by the others and goes with its client`, async () => {
      const [a, b] = [client(version), client(version)];
      await Promise.all([a.synced(), b.synced()]);
      a.awareness.setLocalStateField('user', { name: 'Ada' });
      b.awareness.setLocalStateField('user', { name: 'Ben' });
      await until('b sees Ada', () => b.sees(a)?.user?.name === 'Ada');
      await until('a sees Ben', () => a.sees(b)?.user?.name === 'Ben');
      const late = client(version);
      await until('who comes late sees both', () => late.sees(a)?.user && late.sees(b)?.user);
      a.provider.ws.terminate();
      a.provider.shouldConnect = false;
      // well before the clients themselves give her up
      await until('Ada is gone', () => !b.sees(a) && !late.sees(a), 20_000);
      assert.equal(late.sees(b).user.name, 'Ben');
      [a, b, late].forEach((each) => each.close());
    });
  }

  test('a peer that lacks nothing is answered with a step 2 all the same', async () => {
    const first = client('3.1.0');
    await first.synced();
    const socket = await openSocket(hub.projection, hub.adminToken());
    // the hub may write a word of its own between the question and the answer
    await until('nothing that is known already', async () => {
      const before = socket.frames.length;
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, SYNC);
      sync.writeSyncStep1(encoder, first.doc);
      socket.send(encoding.toUint8Array(encoder));
      const answer = await until('step 2', () => socket.frames.slice(before).find(({ type, decoder }) =>
        type === SYNC && decoding.peekVarUint(decoder) === sync.messageYjsSyncStep2));
      decoding.readVarUint(answer.decoder);
      const update = decoding.readVarUint8Array(answer.decoder);
      assert.deepEqual(Y.decodeUpdate(update).structs, []);
      return true;
    });
    socket.close();
    first.close();
  });

  test('a query of awareness is answered with all states', async () => {
    const present = client('2.1.0');
    await present.synced();
    present.awareness.setLocalStateField('user', { name: 'Cleo' });
    const socket = await openSocket(hub.projection, hub.adminToken());
    await until('Cleo is known', async () => {
      const before = socket.frames.length;
      socket.send(new Uint8Array([QUERY_AWARENESS]));
      const answer = await until('answer', () =>
        socket.frames.slice(before).find(({ type }) => type === AWARENESS), 5_000);
      const awareness = new Awareness(new Y.Doc());
      applyAwarenessUpdate(awareness, decoding.readVarUint8Array(answer.decoder), 'test');
      const state = awareness.getStates().get(present.doc.clientID);
      awareness.destroy();
      return state?.user?.name === 'Cleo';
    });
    socket.close();
    present.close();
  });

  test('every version comes back after the end of the service, and sends what it wrote meanwhile', async () => {
    const clients = versions.map(client);
    await Promise.all(clients.map((each) => each.synced()));
    const closes = clients.map((each) => each.closes.length);
    const restarted = hub.killAndAwaitRestart('projection-service');
    await until('all cut off', () => clients.every((each, i) => each.closes.length > closes[i]));
    clients.forEach((each, i) => each.data.set(`meanwhile ${versions[i]}`, i));
    await restarted;
    await hub.ready('projection-service');
    await Promise.all(clients.map((each) => until('synced again', () => each.provider.synced, 60_000)));
    await until('all have all', () => clients.every((each) =>
      versions.every((version, i) => each.data.get(`meanwhile ${version}`) === i)));
    clients.forEach((each) => each.close());
  });

  test(`idle clients of all versions stay connected for ${IDLE_MS / 1000} s`, async () => {
    const clients = versions.flatMap((version) => [client(version), client(version)]);
    clients.forEach((each, i) => i % 2 === 1 && each.awareness.setLocalState(null));
    await Promise.all(clients.map((each) => each.synced()));
    await sleep(IDLE_MS);
    for (const each of clients) {
      assert.deepEqual(each.closes, []);
      assert.ok(each.provider.wsconnected && each.provider.synced);
    }
    clients.forEach((each) => each.close());
  });
});
