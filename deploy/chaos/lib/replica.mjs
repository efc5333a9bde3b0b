// A second process of projection-service over the same database, started as the hub starts its own.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { openSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { until } from '../../e2e/lib/hub.mjs';

const words = (file) => readFileSync(file, 'utf8').split('\0').filter(Boolean);

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export class Replica {
  constructor(process, url) {
    Object.assign(this, { process, url });
  }

  /** @param database another than the hub's own; undefined for that */
  static async start(hub, { database } = {}) {
    const port = await freePort();
    const original = `/proc/${hub.pid('projection-service')}`;
    const [program, ...options] = words(`${original}/cmdline`);
    const environment = Object.fromEntries(words(`${original}/environ`).map((entry) => {
      const split = entry.indexOf('=');
      return [entry.slice(0, split), entry.slice(split + 1)];
    }));
    const log = openSync(path.join(hub.data, 'logs/replica.log'), 'a');
    const process = spawn(program, options, {
      cwd: readlinkSync(`${original}/cwd`), stdio: ['ignore', log, log],
      env: {
        ...environment, QUARKUS_HTTP_PORT: String(port),
        ...(database && { DATABASE_URL: environment.DATABASE_URL.replace(/[^/]+$/, database) }),
      },
    });
    const replica = new Replica(process, `http://127.0.0.1:${port}`);
    await until('replica ready', async () => (await fetch(`${replica.url}/readyz`)).ok, 60_000);
    return replica;
  }

  /** Ends it as an operator would; it gives its webspaces back. */
  async stop() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await ended;
  }
}
