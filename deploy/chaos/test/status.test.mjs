// What the hub says of itself: in health nothing but good, and while it is broken never "fresh" wrongly.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { Sampler, WEBSPACES } from '../lib/sampler.mjs';
import { Seed } from '../lib/seed.mjs';
import { Soak, assertHealthy, readable } from '../lib/soak.mjs';
import { Stage } from '../lib/stage.mjs';

const SOAK_SECONDS = Number(process.env.HUB_SOAK_SECONDS ?? 60);
const SAMPLES = Number(process.env.HUB_CHAOS_SAMPLES ?? 500);
const REPORTS = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../target');

const report = (line) => console.log(`chaos: ${line}`);
const list = (counts) => Object.entries(counts).map(([what, n]) => `${what} ${n}`).join(', ') || 'none';

describe('what is said of the hub', { concurrency: false }, () => {
  let seed;
  let stage;

  before(async () => {
    seed = Seed.ofRun();
    report(`seed ${seed.value} (again: HUB_CHAOS_SEED=${seed.value})`);
    stage = await Stage.open(WEBSPACES);
  });

  after(async () => {
    const down = await stage?.close();
    assert.equal(down?.code, 0, down?.stdout + down?.stderr);
  });

  test('soak: in health nobody is above ok, nothing falls back, and coming back writes nothing', async () => {
    const soak = new Soak(stage, seed.fork());
    const measured = await soak.run(SOAK_SECONDS);
    mkdirSync(REPORTS, { recursive: true });
    writeFileSync(path.join(REPORTS, 'soak.json'), `${JSON.stringify(measured, null, 2)}\n`);
    readable(measured).forEach((line) => report(`soak: ${line}`));
    assertHealthy(measured);
  });

  test('samples: nothing says fresh while its reader lacks what was published', async () => {
    const sampler = new Sampler(stage, seed.fork());
    try {
      const judged = await sampler.run(SAMPLES);
      report(`${judged.samples} samples of the contracts (${list(judged.contract)}), `
        + `${judged.shownTotal} of tabs (${list(judged.shown)}), ${judged.panelTotal} of them of the panel in a `
        + `browser, ${judged.unanswered} without an answer`);
      report(`faults: ${list(judged.faults)}; all fresh ${judged.healedMs} ms after the last`);
      report(`the longest that a reader surely lacked something under "fresh": contracts `
        + `${judged.lagContract} ms, tabs ${judged.lagShown} ms`);
      report(`stale or aging while all was well: contracts ${judged.wrongStaleContract}, `
        + `tabs ${judged.wrongStaleShown}`);
      assert.deepEqual(judged.wrongFresh, []);
      assert.ok(judged.samples >= SAMPLES);
    } finally {
      await sampler.close();
    }
  });
});
