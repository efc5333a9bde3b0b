// Work of another node, done by the reference worker as a process, while processes are killed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { smallSkill } from '../lib/artifacts.mjs';
import { Hub, until } from '../lib/hub.mjs';

const HUB = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../hub');
const NODE = 'kitchen';
const SKILL = 'kitchen_timer';

describe('a worker of another node', { concurrency: false }, () => {
  let hub, scratch, worker;
  const link = () => path.join(hub.data, 'nodes', NODE, 'workspace/skills', SKILL);

  before(async () => {
    scratch = mkdtempSync(path.join(tmpdir(), 'hub-artifacts-'));
    hub = await Hub.create();
    const up = await hub.up();
    assert.equal(up.code, 0, up.stdout + up.stderr);
    for (const version of ['1.0.0', '1.1.0']) {
      const pushed = await hub.push(smallSkill(scratch, SKILL, version));
      assert.equal(pushed.code, 0, pushed.stdout + pushed.stderr);
    }
  });

  after(async () => {
    worker?.kill('SIGKILL');
    await hub.down();
    rmSync(scratch, { recursive: true, force: true });
    hub.cleanUp();
  });

  function startWorker() {
    worker = spawn(HUB, ['worker', '--node', NODE, '--data', hub.data, '--action', 'echo=cat'],
      { stdio: 'ignore' });
    worker.ended = new Promise((resolve) => worker.once('exit', resolve));
  }

  async function start(body) {
    const answer = await fetch(`${hub.operations}/v1/operations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hub.adminToken()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ node_id: NODE, ...body }),
    });
    assert.equal(answer.status, 202, await answer.clone().text());
    return (await answer.json()).operation_id;
  }

  const read = (id) => hub.json(`${hub.operations}/v1/operations/${id}`);

  async function succeeded(id) {
    const ended = await until(`${id} ended`,
      async () => { const state = await read(id); return state.finished_at && state; }, 90_000);
    assert.equal(ended.status, 'succeeded', JSON.stringify(ended));
    return ended;
  }

  const onNode = () => hub.json(`${hub.operations}/v1/installed?node_id=${NODE}`)
    .then((page) => page.items.find((item) => item.name === SKILL));

  const install = (version) => start({ kind: 'skill.install', target_kind: 'skill', target_id: SKILL, version });

  test('is known once it asks for work, and calls actions', async () => {
    startWorker();
    await until('node known', async () => (await hub.json(`${hub.operations}/v1/nodes`)).items
      .some((node) => node.node_id === NODE && node.reachable));
    const id = await start({ kind: 'action.invoke', target_kind: 'action', target_id: 'echo',
      params: { args: { n: 7 } } });
    assert.deepEqual((await succeeded(id)).result.value, { n: 7 });
  });

  test('installs on its node and nowhere else', async () => {
    await succeeded(await install('1.0.0'));
    assert.match(readFileSync(path.join(link(), 'skill.yaml'), 'utf8'), /version: 1\.0\.0/);
    assert.equal((await onNode()).version, '1.0.0');
    assert.ok(!existsSync(path.join(hub.data, 'workspace/skills', SKILL)));
  });

  test('is killed, and the next one goes on', async () => {
    worker.kill('SIGKILL');
    await worker.ended;
    const id = await install('1.1.0');
    await until('waiting for the node', async () => (await read(id)).current_step === 'fetch');
    startWorker();
    await succeeded(id);
    assert.match(readFileSync(path.join(link(), 'skill.yaml'), 'utf8'), /version: 1\.1\.0/);
  });

  test('uninstalls while the service is killed, and ends when it is told', async () => {
    const id = await start({ kind: 'skill.uninstall', target_kind: 'skill', target_id: SKILL });
    await hub.killAndAwaitRestart('operations-service');
    await hub.ready('operations-service');
    await succeeded(id);
    assert.equal(lstatSync(link(), { throwIfNoEntry: false }), undefined);
    assert.equal(await onNode(), undefined);
    worker.kill('SIGTERM');
    await worker.ended;
  });
});
