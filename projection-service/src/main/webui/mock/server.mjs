// FOR DEVELOPMENT AND TESTS OF THE PANEL ONLY: plays the hub on one loopback port, speaking the
// real protocol (yjs sync, generations, close codes, problem bodies) over made-up content. It
// installs nothing. `node mock/server.mjs` serves dist/; `npm run dev` proxies to it.
// What a test can ask for by POST /mock/<name> is listed below under `moods`.
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { artifacts, hostileArtifacts } from './artifacts.mjs';
import { Events } from './events.mjs';
import { Room } from './room.mjs';
import { shellStatus, status, told } from './status.mjs';

const PORT = Number(process.env.MOCK_PORT ?? 5199);
const TOKEN = process.env.MOCK_TOKEN ?? 'mock-token';
const STEP_MS = Number(process.env.MOCK_STEP_MS ?? 700);
const HERE = fileURLToPath(new URL('.', import.meta.url));
const DIST = process.env.MOCK_DIST ?? join(HERE, '..', 'dist');
const STEPS = ['prepare', 'resolve', 'fetch', 'verify', 'unpack', 'activate', 'record'];

const room = new Room();
const events = new Events();
room.tellStatus(shellStatus());
const catalog = [...artifacts];
const installed = new Map();
const byKey = new Map();
const mood = { fail: false, reject: false, listingDown: false, sourcesStale: false, refuse: 0 };

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const newId = (prefix) => `${prefix}_${randomBytes(6).toString('hex')}`;

function row(artifact) {
  const has = installed.get(`${artifact.kind}:${artifact.id}`);
  const status = artifact.blocked
    ? 'blocked'
    : !has
      ? 'installable'
      : has === artifact.version
        ? 'installed'
        : 'update_available';
  const offers = status === 'installable' || status === 'update_available';
  return {
    kind: artifact.kind,
    id: artifact.id,
    title: artifact.title,
    version: artifact.version,
    description: artifact.description,
    tags: artifact.tags,
    publisher: artifact.publisher,
    installed: has !== undefined,
    installed_version: has,
    status,
    reason: artifact.blocked,
    ...(offers && {
      install_action: {
        target: 'infrastate.action',
        id: 'marketplace_install',
        value: { target_kind: artifact.kind, target_id: artifact.id },
      },
    }),
    revision: 1,
  };
}

async function run(operation, artifact) {
  const fails = mood.fail;
  mood.fail = false;
  for (const [index, step] of STEPS.entries()) {
    for (const part of [0, 0.5]) {
      room.change(operation.operation_id, {
        status: 'running',
        current_step: step,
        can_cancel: index < 5,
        step_index: index,
        step_count: STEPS.length,
        eta_at: new Date(Date.now() + (STEPS.length - index) * 2 * STEP_MS).toISOString(),
        too_late_since: index < 5 ? null : STEPS[5],
        progress: Math.round(((index + part) / STEPS.length) * 100),
        message: `${step} ${artifact.id} ${artifact.version}`,
      });
      await wait(STEP_MS);
      if (room.operation(operation.operation_id)?.status === 'cancelled') return;
    }
    if (fails && step === 'verify') {
      room.change(operation.operation_id, {
        status: 'failed',
        can_cancel: false,
        can_retry: true,
        finished_at: new Date().toISOString(),
        error: {
          type: 'digest_mismatch',
          message: 'The archive differs from the digest in the catalog',
          remedy: 'Push the artifact again',
          retryable: true,
        },
      });
      room.tell('error', `${artifact.kind} ${artifact.id} could not be installed`, operation);
      return;
    }
  }
  if (operation.kind.endsWith('.uninstall')) installed.delete(`${artifact.kind}:${artifact.id}`);
  else installed.set(`${artifact.kind}:${artifact.id}`, artifact.version);
  events.changed('operations', artifact.kind, artifact.id);
  room.change(operation.operation_id, {
    status: 'succeeded',
    progress: 100,
    can_cancel: false,
    finished_at: new Date().toISOString(),
    message: 'Done',
    result: { version: artifact.version },
  });
  room.tell('success', `${artifact.title} ${artifact.version} installed`, operation);
}

function start({ kind, target_kind, target_id, webspace_id }, artifact) {
  const now = new Date().toISOString();
  const operation = {
    operation_id: newId('op'),
    kind,
    target_kind,
    target_id,
    status: 'accepted',
    progress: 0,
    message: 'Accepted',
    current_step: 'resolve',
    started_at: now,
    updated_at: now,
    finished_at: null,
    result: null,
    error: null,
    initiator: { kind: 'user', id: 'session' },
    scope: ['global', kind, `${target_kind}:${target_id}`],
    can_cancel: true,
    can_retry: false,
    retry_of: null,
    attempt: 1,
    webspace_id,
    node_id: 'hub',
    revision: 1,
  };
  room.add(operation);
  setTimeout(() => void run(operation, artifact), 60);
  return operation;
}

const routes = {
  'GET /panel/config.json': () => ({
    body: { registry_url: '/', marketplace_url: '/', operations_url: '/', webspace: 'desktop' },
  }),
  'GET /v1/webspaces/desktop/status': ({ headers }) => {
    if (told.silent)
      return problem(503, 'store_unavailable', 'The status cannot be told', 'Try again in a moment');
    const { body, etag } = status(room);
    return headers['if-none-match'] === etag ? { status: 304, etag } : { body, etag };
  },
  'GET /v1/marketplace': ({ query, headers }) => {
    if (mood.listingDown)
      return problem(
        503,
        'upstream_unavailable',
        'The catalog cannot be read',
        'Try again in a moment',
      );
    const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const all = query.get('status') === 'all';
    const found = catalog
      .filter(
        (one) =>
          (!query.get('kind') || one.kind === query.get('kind')) &&
          words.every((word) => JSON.stringify(one).toLowerCase().includes(word)),
      )
      .map(row)
      .filter((one) => {
        const wanted = query.get('status');
        return all || (wanted ? one.status === wanted : one.status !== 'installed');
      });
    const limit = Number(query.get('limit') ?? 50);
    const state = mood.sourcesStale ? 'stale' : 'fresh';
    const body = {
      items: found.slice(0, limit),
      offset: 0,
      limit,
      total: found.length,
      sources: events.sources(state),
    };
    const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex');
    const etag = `"${digest.slice(0, 16)}"`;
    return headers['if-none-match'] === etag ? { status: 304, etag } : { body, etag };
  },
  'GET /v1/nodes': () => ({
    body: { items: [{ node_id: 'hub' }, { node_id: 'kitchen', reachable: false }] },
  }),
  'POST /v1/notifications/read': () => ({ body: { read: 1, more: false } }),
  'POST /api/node/infrastate/action': ({ body }) => {
    const started = catalog
      .filter((one) => row(one).status === 'update_available')
      .map((one) =>
        start(
          {
            kind: `${one.kind}.update`,
            target_kind: one.kind,
            target_id: one.id,
            webspace_id: body.webspace_id,
          },
          one,
        ),
      );
    const operation_ids = started.map(({ operation_id }) => operation_id);
    return { body: { ok: true, accepted: true, result: { operation_ids, operations: [] } } };
  },
  'POST /v1/operations': ({ body, headers }) => {
    if (headers.authorization !== `Bearer ${TOKEN}`) {
      return problem(
        401,
        'unauthenticated',
        'The token is not known',
        "Send a valid token as 'Authorization: Bearer <token>'",
      );
    }
    const before = byKey.get(headers['idempotency-key']);
    if (before) return { status: 202, body: before };
    if (mood.reject) {
      mood.reject = false;
      return problem(
        409,
        'target_busy',
        `op_4711 works on ${body.target_kind} ${body.target_id} with another version`,
        'Wait for the holder named in the detail, or cancel it',
      );
    }
    const artifact = catalog.find(
      (one) => one.kind === body.target_kind && one.id === body.target_id,
    );
    if (!artifact)
      return problem(
        404,
        'artifact_not_found',
        `No ${body.target_kind} ${body.target_id} is published`,
        'Check kind, id and version against GET /v1/catalog',
      );
    const operation = start(body, artifact);
    const answer = {
      operation_id: operation.operation_id,
      status: 'accepted',
      joined: false,
      operation,
    };
    byKey.set(headers['idempotency-key'], answer);
    return { status: 202, body: answer };
  },
};

function problem(status, code, detail, remedy) {
  return {
    status,
    body: {
      type: `urn:hub:problem:${code}`,
      title: code.replaceAll('_', ' '),
      status,
      detail,
      code,
      retryable: status >= 500,
      remedy,
      correlation_id: newId('req'),
    },
  };
}

const patterns = [
  [
    /^GET \/v1\/marketplace\/(skill|scenario)\/([^/]+)$/,
    ([, kind, id]) => {
      const artifact = catalog.find(
        (one) => one.kind === kind && one.id === decodeURIComponent(id),
      );
      return artifact
        ? { body: row(artifact) }
        : problem(404, 'artifact_not_found', `No ${kind} ${id}`, 'Check the id');
    },
  ],
  [
    /^GET \/v1\/operations\/([^/]+)$/,
    ([, id]) => {
      const operation = room.operation(id);
      return operation
        ? { body: operation }
        : problem(
            404,
            'operation_not_found',
            `No operation ${id}`,
            'Take the id from GET /v1/operations',
          );
    },
  ],
  [
    /^GET \/v1\/operations\/([^/]+)\/log$/,
    ([, id], { query }) => {
      const operation = room.operation(id);
      const said = ['accepted by user:session', operation?.message ?? ''];
      const items = said
        .map((message, at) => ({ line: at + 1, at: operation?.started_at, level: 'info', message }))
        .filter(({ line }) => line > Number(query.get('after')));
      const next_after = said.length;
      return { body: { operation_id: id, status: operation?.status, items, next_after, dropped: 0 } };
    },
  ],
  [
    /^POST \/v1\/operations\/([^/]+)\/cancel$/,
    ([, id]) => {
      const operation = room.operation(id);
      if (!operation?.can_cancel)
        return problem(
          409,
          'operation_not_cancellable',
          'Too late since step activate',
          'Wait for the operation to end',
        );
      room.change(id, {
        status: 'cancelled',
        can_cancel: false,
        finished_at: new Date().toISOString(),
      });
      return { body: { outcome: 'cancelled', operation: room.operation(id) } };
    },
  ],
  [
    /^POST \/mock\/(\S+)$/,
    ([, what], { query }) => {
      const moods = {
        silent: () => {
          room.isSilent = true;
        },
        loud: () => {
          room.isSilent = false;
        },
        drop: () => {
          room.closeAll(1012, 'restart');
          events.closeAll(1012, 'restart');
        },
        refuse: () => {
          mood.refuse = Number(query.get('code'));
          room.closeAll(mood.refuse || 1012, '');
        },
        'fail-next': () => {
          mood.fail = true;
        },
        'reject-next': () => {
          mood.reject = true;
        },
        'listing-down': () => {
          mood.listingDown = true;
          events.changed('registry');
        },
        'listing-up': () => {
          mood.listingDown = false;
        },
        'sources-stale': () => {
          mood.sourcesStale = true;
          events.changed('registry');
        },
        'sources-fresh': () => {
          mood.sourcesStale = false;
          events.changed('registry');
        },
        status: () => {
          Object.assign(told, Object.fromEntries(query));
          room.tellStatus(shellStatus());
        },
        empty: () => {
          catalog.length = 0;
          events.changed('registry');
        },
        fill: () => {
          catalog.push(...artifacts);
          events.changed('registry');
        },
        hostile: () => {
          catalog.push(...hostileArtifacts);
          events.changed('registry');
        },
        outdate: () => {
          installed.set(query.get('target'), '0.0.1');
          events.changed('operations');
        },
      };
      moods[what]?.();
      return { body: { done: what in moods } };
    },
  ],
];

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

async function file(path) {
  const name = normalize(path === '/' ? '/index.html' : path);
  const content = await readFile(join(DIST, name)).catch(() => null);
  return content && { content, type: TYPES[extname(name)] ?? 'application/octet-stream' };
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const line = `${request.method} ${url.pathname}`;
  let text = '';
  for await (const chunk of request) text += chunk;
  const context = {
    query: url.searchParams,
    headers: request.headers,
    body: text ? JSON.parse(text) : {},
  };
  const matched = patterns
    .map(([pattern, answer]) => [pattern.exec(line), answer])
    .find(([match]) => match);
  const answer = routes[line]?.(context) ?? (matched && matched[1](matched[0], context));
  response.setHeader('Content-Security-Policy', "default-src 'self'; connect-src 'self' ws:");
  if (answer) {
    const status = answer.status ?? 200;
    if (answer.etag) response.setHeader('ETag', answer.etag);
    response.setHeader(
      'Content-Type',
      status >= 400 ? 'application/problem+json' : 'application/json',
    );
    response.writeHead(status).end(answer.body && JSON.stringify(answer.body));
    return;
  }
  const found = await file(url.pathname);
  if (found) response.writeHead(200, { 'Content-Type': found.type }).end(found.content);
  else response.writeHead(404).end();
});

const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'hub.v1' });
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (client) => {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(/,\s*/);
    if (mood.refuse) client.close(mood.refuse);
    else if (!offered.includes(`hub.token.${TOKEN}`)) client.close(4401, 'token unknown');
    else if (request.url === '/ws') events.join(client);
    else if (!request.url.startsWith('/yws/desktop')) client.close(4404, 'unknown webspace');
    else room.join(client, request.url.includes('ack=1'));
  });
});

server.listen(PORT, '127.0.0.1', () => {
  console.log(`mock hub: http://127.0.0.1:${PORT}/#token=${TOKEN}`);
});
