// Runs the hub through its own command and reads what that command leaves in its data folder.
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
export const SERVICES = [
  'registry-sync-service', 'marketplace-service', 'operations-service', 'projection-service',
];

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks again every 50 ms until the probe gives something, or says what it saw last. */
export async function until(what, probe, timeoutMs = 30_000) {
  const end = Date.now() + timeoutMs;
  let last;
  while (Date.now() < end) {
    try {
      last = await probe();
      if (last) return last;
    } catch (e) {
      last = e;
    }
    await sleep(50);
  }
  throw new Error(`${what}: not within ${timeoutMs} ms; last seen: ${last?.stack ?? JSON.stringify(last)}`);
}

/** A base whose next six ports are free, below the range clients are given theirs from. */
export async function freePortBase() {
  for (let attempt = 0; attempt < 50; attempt++) {
    const base = 12_000 + Math.floor(Math.random() * 18_000);
    const free = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => isFree(base + n)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no free range of ports found');
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

export class Hub {
  constructor(data, base) {
    this.data = data;
    this.base = base;
    this.registry = `http://127.0.0.1:${base + 1}`;
    this.marketplace = `http://127.0.0.1:${base + 2}`;
    this.operations = `http://127.0.0.1:${base + 3}`;
    this.projection = `http://127.0.0.1:${base + 4}`;
  }

  static async create() {
    return new Hub(mkdtempSync(path.join(tmpdir(), 'hub-e2e-')), await freePortBase());
  }

  up(env = {}) {
    return command(['up', '--detach', '--data', this.data, '--port-base', String(this.base)], env);
  }

  down() {
    return command(['down', '--data', this.data]);
  }

  status() {
    return command(['status', '--data', this.data]);
  }

  push(...args) {
    return this.pushAs(this.adminToken(), ...args);
  }

  pushAs(token, ...args) {
    return command(['push', '--url', this.registry, '--token', token, ...args]);
  }

  adminToken() {
    return readFileSync(path.join(this.data, 'secrets/admin.token'), 'utf8').trim();
  }

  pid(name) {
    const file = path.join(this.data, 'run', `${name}.pid`);
    return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
  }

  /** Kills a child the hard way and waits until the supervisor has put another in its place. */
  async killAndAwaitRestart(name) {
    const before = this.pid(name);
    process.kill(before, 'SIGKILL');
    await until(`${name} restarted`, () => {
      const now = this.pid(name);
      return now !== undefined && now !== before;
    });
  }

  /** The broker dies and all it stored is gone when it comes back. */
  async wipeNats() {
    renameSync(path.join(this.data, 'nats'), path.join(this.data, 'nats-gone'));
    await this.killAndAwaitRestart('nats');
    rmSync(path.join(this.data, 'nats-gone'), { recursive: true, force: true });
  }

  async ready(name) {
    const url = [this.registry, this.marketplace, this.operations, this.projection][SERVICES.indexOf(name)];
    await until(`${name} ready`, async () => (await fetch(`${url}/readyz`)).ok, 60_000);
  }

  async json(url) {
    const response = await fetch(url, { headers: { authorization: `Bearer ${this.adminToken()}` } });
    if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  row(kind, id, extra = '') {
    return this.json(`${this.marketplace}/v1/marketplace?kind=${kind}&q=${id}&status=all&limit=500${extra}`)
      .then((page) => page.items.find((row) => row.kind === kind && row.id === id));
  }

  cleanUp() {
    rmSync(this.data, { recursive: true, force: true });
  }
}

/** Runs `./hub …` to its end; never throws for an exit code. */
export function command(args, env = {}) {
  return new Promise((resolve) => {
    execFile(path.join(ROOT, 'hub'), args,
      { env: { ...process.env, ...env }, maxBuffer: 16 << 20, timeout: 300_000 },
      (error, stdout, stderr) => resolve({ code: error ? (error.code ?? 1) : 0, stdout, stderr }));
  });
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

