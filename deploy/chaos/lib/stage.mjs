// A running hub with real manifests, browsers that stay, and skills that write as they would.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Hub, until } from '../../e2e/lib/hub.mjs';
import { bundleClient } from './client-bundle.mjs';
import { installManifests } from './manifests.mjs';
import { addCredentials, install, slotsOf } from './skills.mjs';
import { TabProcess } from './tabs.mjs';

export const READY_MS = 60_000;

/** Writes a number into one slot of each webspace, for readers to tell how far they are. */
export const BEACON = 'chaos_beacon';
const READER = 'user:chaos_tabs';

export class Stage {
  constructor(hub) {
    this.hub = hub;
    this.folder = mkdtempSync(path.join(tmpdir(), 'hub-stage-'));
  }

  /** @param webspaces besides `desktop` */
  static async open(webspaces) {
    const stage = new Stage(await Hub.create());
    try {
      await stage.#begin(webspaces);
    } catch (e) {
      await stage.close();
      throw e;
    }
    return stage;
  }

  async #begin(webspaces) {
    const { hub } = this;
    const up = await hub.up();
    if (up.code !== 0) throw new Error(up.stdout + up.stderr);
    this.bundle = await bundleClient(this.folder);
    this.manifests = await installManifests(hub);
    await install(hub, this.folder, BEACON);
    const skills = [BEACON, ...this.manifests.skills.map(({ id }) => id)];
    this.tokens = addCredentials(hub, {
      ...Object.fromEntries(skills.map((id) => [`skill:${id}`, ['projection:write']])),
      [READER]: ['desktop', ...webspaces].map((webspace) => `webspace:${webspace}:read`),
    });
    for (const webspace of webspaces) {
      const made = await this.send('PUT', `/v1/webspaces/${webspace}`, undefined, hub.adminToken());
      if (made.status >= 300) throw new Error(`${webspace}: ${made.status}`);
    }
    await until('credentials count', async () =>
      (await this.send('GET', '/v1/status/cards', undefined, this.tokens[READER])).status === 200);
  }

  get readerToken() {
    return this.tokens[READER];
  }

  /** The place of the beacon, and the path at which readers find it. */
  static get beacon() {
    const [, text] = slotsOf(BEACON);
    return text;
  }

  tabs() {
    return TabProcess.start(this.bundle);
  }

  /** One request to projection-service; no answer within the time throws. */
  async send(method, at, body, token, timeoutMs = 7_000) {
    const answer = await fetch(this.hub.projection + at, {
      method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(timeoutMs),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
    const text = await answer.text();
    return { status: answer.status, body: text && JSON.parse(text) };
  }

  /** The answer, which must be 200. */
  async read(at) {
    const { status, body } = await this.send('GET', at, undefined, this.hub.adminToken());
    if (status !== 200) throw new Error(`${at}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  status(webspace) {
    return this.read(`/v1/webspaces/${webspace}/status`);
  }

  async close() {
    const down = await this.hub.down();
    if (!process.env.HUB_CHAOS_KEEP) this.hub.cleanUp();
    rmSync(this.folder, { recursive: true, force: true });
    return down;
  }
}
