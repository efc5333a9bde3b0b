// What is done to the processes while they are under load. Each fault waits until all is well again.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import WebSocket from 'ws';
import { isAlive, sleep, until } from '../../e2e/lib/hub.mjs';
import { Replica } from './replica.mjs';
import { Routes } from './writer.mjs';
import { WEBSPACES } from './scene.mjs';

const FROZEN_MS = 7_000;
const TAKEN_OVER_MS = 15_000;
const PROBED = 'desktop';

/** kill -9 of the service. */
export async function serviceKilled(scene) {
  await scene.killService();
  return { heals: await scene.heals() };
}

/** The broker dies, and all it stored is gone; documents need none of it. */
export async function natsWiped(scene) {
  const since = Date.now();
  await scene.hub.wipeNats();
  const heals = await scene.heals(since);
  await until('health is well', () => scene.health.at(-1).status === 'ok');
  return { heals };
}

/** The database dies without having closed anything. */
export const postgresKilled = (scene) => postgresEnds(scene, 'SIGKILL');

/** The database ends its sessions and stops, as for an update. */
export const postgresRestarted = (scene) => postgresEnds(scene, 'SIGINT');

async function postgresEnds(scene, signal) {
  const since = Date.now();
  const before = scene.hub.pid('postgres');
  process.kill(before, signal);
  await until('another database process', () => {
    const now = scene.hub.pid('postgres');
    return now !== undefined && now !== before;
  });
  const gone = Date.now();
  await scene.heals(gone);
  await until('health is well', () => scene.health.at(-1).status === 'ok');
  assert.ok(scene.saidDegraded(since), 'health says that the database is away');
  return { heals: Date.now() - gone };
}

/** The database takes everything and answers nothing. */
export async function postgresFrozen(scene) {
  const since = Date.now();
  const pids = withChildren(scene.hub.pid('postgres'));
  const refusedBefore = scene.ledger.counts.unsure ?? 0;
  pids.forEach((pid) => signalIfAlive(pid, 'SIGSTOP'));
  try {
    await sleep(FROZEN_MS);
  } finally {
    pids.forEach((pid) => signalIfAlive(pid, 'SIGCONT'));
  }
  const over = Date.now();
  const heals = await scene.heals(over);
  assert.ok(scene.saidDegraded(since), 'health says that the database does not answer');
  assert.ok((scene.ledger.counts.unsure ?? 0) > refusedBefore, 'writes are refused meanwhile');
  return { heals };
}

/** A second replica; the owner is stopped, replaced, and goes on without having noticed. */
export async function ownerStopped(scene) {
  const { hub } = scene;
  const second = await Replica.start(hub);
  const owner = hub.pid('projection-service');
  try {
    await refusedElsewhere(second.url, hub.projection, scene);
    scene.routes = new Routes(hub.projection, second.url);
    scene.answersMayMiss = true;
    const stoppedAt = Date.now();
    process.kill(owner, 'SIGSTOP');
    let takeover;
    try {
      await until('taken over', async () => (await probe(second.url, scene)).status === 200, TAKEN_OVER_MS);
      takeover = Date.now() - stoppedAt;
      await scene.heals(stoppedAt);
      scene.answersMayMiss = true;
      assert.ok(WEBSPACES.every((webspace) => scene.routes.of(webspace) === second.url), 'the second owns all');
      await sleep(1_000);
    } finally {
      process.kill(owner, 'SIGCONT');
    }
    await closesItsSockets(scene, Date.now());
    await refusedElsewhere(hub.projection, second.url, scene);
    const freedAt = Date.now();
    await second.stop();
    return { takeover, heals: await scene.heals(freedAt) };
  } finally {
    scene.routes = new Routes(hub.projection);
    await second.stop();
  }
}

async function closesItsSockets(scene, since) {
  for (const { closes, webspace } of scene.acks) {
    const first = await until(`the old owner of ${webspace} closes its sockets`,
      () => closes.find(({ at }) => at >= since), TAKEN_OVER_MS);
    assert.equal(first.code, 1012, `${webspace}: ${first.code} ${first.reason}`);
  }
}

/** A replica that is not the owner says so, to a write and on a socket, and names the owner. */
async function refusedElsewhere(replica, owner, scene) {
  const answer = await until('rules are known', async () => {
    const refused = await probe(replica, scene);
    const { code, owner_address: address } = await refused.json();
    return code !== 'policy_unavailable'
      && { status: refused.status, code, address, wait: refused.headers.get('retry-after') };
  });
  assert.match(answer.wait, /^[1-9]$/);
  assert.deepEqual({ ...answer, wait: '' }, { status: 503, code: 'not_owner', address: owner, wait: '' });
  const closed = await new Promise((resolve) => {
    const socket = new WebSocket(
      `${replica.replace('http', 'ws')}/yws/${PROBED}?token=${scene.hub.adminToken()}`);
    socket.on('error', () => {});
    socket.on('close', (reasonCode, reason) => resolve(`${reasonCode} ${reason}`));
  });
  assert.equal(closed, `1013 not_owner ${owner}`);
}

/** A write of a slot that nobody else writes there. */
function probe(replica, scene) {
  return fetch(`${replica}/v1/webspaces/${PROBED}/projections/chaos_gamma.status`, {
    method: 'POST', body: JSON.stringify({ value: { n: Date.now() } }),
    headers: { authorization: `Bearer ${scene.hub.adminToken()}`, 'content-type': 'application/json' },
  });
}

export function signalIfAlive(pid, signal) {
  if (isAlive(pid)) process.kill(pid, signal);
}

/** A process and all that it has started, from the kernel's table. */
export function withChildren(pid) {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((name) => {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      return Number(fields[1]) === pid;
    } catch {
      return false;
    }
  });
  return [pid, ...children.map(Number)];
}
