import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { FakeSocket } from 'hub-client/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { App } from './app';

const MARKUP = '<img src=x onerror=alert(1)> {{t}}';
let server: Y.Doc;
let rows: Record<string, unknown>[];
let commands: { body: unknown; headers: Headers }[];
let hub: ReturnType<typeof wellHub>;
let commandAnswer: () => Response | Promise<Response>;
let asked: [string, unknown][];
let otherAnswer: () => Response;
const log = {
  items: [
    { line: 1, at: new Date().toISOString(), level: 'info', message: 'accepted' },
    { line: 2, level: 'error', step: 'fetch', message: '<b>broken</b>' },
  ],
  next_after: 2,
  dropped: 1,
  status: 'failed',
};

const row = (kind: string, id: string, over: Record<string, unknown> = {}) => ({
  kind,
  id,
  title: id,
  version: '1.0.0',
  description: 'What it does',
  tags: ['home'],
  publisher: 'user:ada',
  installed: false,
  status: 'installable',
  install_action: { id: 'marketplace_install' },
  revision: 1,
  ...over,
});

const operation = (over: Record<string, unknown> = {}) => ({
  operation_id: 'op_1',
  kind: 'skill.install',
  target_kind: 'skill',
  target_id: 'weather_skill',
  status: 'running',
  progress: 40,
  message: 'Getting the archive',
  current_step: 'fetch',
  error: null,
  can_cancel: true,
  can_retry: false,
  scope: ['global', 'skill.install', 'skill:weather_skill'],
  started_at: new Date().toISOString(),
  finished_at: null,
  revision: 2,
  ...over,
});

/** What the hub says of itself when all is well. */
const wellHub = () => ({
  webspace_id: 'desktop',
  connectivity: [],
  state_sync: {
    transport_state: 'attached',
    first_sync_state: 'complete',
    semantic_state: 'ready',
    freshness_state: 'fresh',
    fallback_mode: 'off',
    blockers: [],
  },
  yjs_pressure: [],
  evidence: {
    sources: [{ name: 'operations', state: 'following', age_ms: 400 }],
    room: { live: true, log: true },
  },
});

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

function answerFetch(url: URL, init: RequestInit = {}): Response | Promise<Response> {
  if (url.pathname === '/panel/config.json') {
    return json({
      registry_url: '/',
      marketplace_url: '/',
      operations_url: '/',
      webspace: 'desktop',
    });
  }
  if (url.pathname === '/v1/operations') {
    commands.push({ body: JSON.parse(init.body as string), headers: new Headers(init.headers) });
    return commandAnswer();
  }
  if (/^\/v1\/operations\/op_\w+\/log$/.test(url.pathname)) return json(log);
  if (init.method === 'POST') {
    asked.push([url.pathname, init.body ? JSON.parse(init.body as string) : null]);
    return otherAnswer();
  }
  if (url.pathname === '/v1/webspaces/desktop/status') return json(hub);
  const one = /^\/v1\/marketplace\/(\w+)\/(\w+)$/.exec(url.pathname);
  if (one) return json(rows.find(({ kind, id }) => kind === one[1] && id === one[2]) ?? {}, 200);
  const all = url.searchParams.get('status') === 'all';
  const items = rows.filter(
    ({ kind, status }) => kind === url.searchParams.get('kind') && (all || status !== 'installed'),
  );
  return json({ items, total: items.length });
}

/** Writes into the server's document and hands the change to the page. */
function write(change: () => void): void {
  const before = Y.encodeStateVector(server);
  server.transact(change);
  act(() => {
    FakeSocket.last.update(Y.encodeStateAsUpdate(server, before));
    FakeSocket.last.generation(2);
  });
}

const byId = () =>
  (server.getMap('runtime').get('operations') as Y.Map<Y.Map<Y.Map<unknown>>>).get('by_id')!;

async function openPanel(): Promise<void> {
  render(<App />);
  await waitFor(() => expect(FakeSocket.all).toHaveLength(1));
  act(() => FakeSocket.last.sync(server));
  await answered();
}

/** Documents come over a socket that tests speak through; the one for events never opens. */
class PanelSocket {
  static readonly OPEN = 1;

  constructor(url: string, protocols: string[]) {
    return url.endsWith('/ws')
      ? { readyState: 0, close: () => undefined }
      : new FakeSocket(url, protocols);
  }
}
/** The hub has said how it is. */
const answered = () =>
  waitFor(() => expect(screen.getByTestId('connection').dataset['sync']).not.toBe('unknown'));

async function violations(): Promise<string[]> {
  // Colours and layout need a real browser; what is judged here is structure, names and roles.
  const { violations: found } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false } },
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

beforeEach(() => {
  sessionStorage.setItem('hub.token', 'secret');
  FakeSocket.all = [];
  asked = [];
  otherAnswer = () => json({});
  vi.stubGlobal('WebSocket', PanelSocket);
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal('fetch', (url: URL, init?: RequestInit) => Promise.resolve(answerFetch(url, init)));
  server = new Y.Doc();
  const operations = new Y.Map();
  operations.set('by_id', new Y.Map());
  operations.set('order', new Y.Array());
  server.getMap('runtime').set('operations', operations);
  server.getMap('runtime').set('notifications', new Y.Array());
  rows = [
    row('skill', 'weather_skill'),
    row('scenario', 'evening', { title: MARKUP, description: MARKUP, tags: [MARKUP] }),
  ];
  hub = wellHub();
  commands = [];
  commandAnswer = () =>
    json({ operation: operation({ status: 'accepted', progress: 0, revision: 1 }) }, 202);
});

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
  localStorage.clear();
});

describe('without a token', () => {
  test('the page says how to get one and takes one', async () => {
    sessionStorage.clear();
    render(<App />);
    expect(screen.getByText('./hub up')).toBeTruthy();
    expect(await violations()).toEqual([]);
    await userEvent.type(screen.getByTestId('token'), 'not a token{Enter}');
    expect(screen.getByText(/neither a link/)).toBeTruthy();
    await userEvent.clear(screen.getByTestId('token'));
    await userEvent.type(screen.getByTestId('token'), 'http://hub.example/#token=fresh{Enter}');
    await waitFor(() => expect(FakeSocket.all[0]?.protocols).toContain('hub.token.fresh'));
    expect(sessionStorage.getItem('hub.token')).toBe('fresh');
  });
});

describe('the board', () => {
  test('claims nothing before the document has come, then teaches', async () => {
    render(<App />);
    await waitFor(() => expect(screen.getAllByText(/^Not known:/)).toHaveLength(3));
    act(() => FakeSocket.last.sync(server));
    await answered();
    expect(screen.getByTestId('connection').dataset['state']).toBe('live');
    expect(screen.getByText(/^\.\/hub push/)).toBeTruthy();
    expect(screen.getByTestId('update-all').hasAttribute('disabled')).toBe(true);
    expect(screen.getByText('Everything installed is up to date.')).toBeTruthy();
    expect(await violations()).toEqual([]);
  });

  test('shows an operation from its first appearance to its end', async () => {
    await openPanel();
    write(() => byId().set('op_1', new Y.Map(Object.entries(operation()))));
    const item = screen.getByTestId('operation-op_1');
    expect(item.dataset).toMatchObject({ status: 'running', progress: '40' });
    expect(within(item).getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40');
    expect(item.textContent).toContain('Downloading');
    expect(performance.getEntriesByName('operation-visible:op_1')).toHaveLength(1);

    write(() => {
      const ended = {
        status: 'failed',
        finished_at: new Date().toISOString(),
        revision: 3,
        can_cancel: false,
        error: { type: 'digest_mismatch', message: MARKUP, remedy: 'Push it again' },
      };
      for (const [name, value] of Object.entries(ended)) byId().get('op_1')!.set(name, value);
    });
    expect(
      within(screen.getByTestId('recent-operations')).getByTestId('operation-op_1').textContent,
    ).toContain(`${MARKUP}Push it again`);
    expect(document.querySelector('img')).toBeNull();
    expect(performance.getEntriesByName('operation-visible:op_1')).toHaveLength(1);
    expect(await violations()).toEqual([]);
  });

  test('says what came of a cancel, and since when it is too late', async () => {
    await openPanel();
    write(() =>
      byId().set(
        'op_1',
        new Y.Map(Object.entries(operation({ step_index: 1, step_count: 4, node_id: 'kitchen' }))),
      ),
    );
    const item = screen.getByTestId('operation-op_1');
    expect(item.textContent).toContain('Step 2 of 4: Downloading');
    expect(item.textContent).toContain('on kitchen');
    otherAnswer = () => json({ outcome: 'cancelling' }, 202);
    await userEvent.click(within(item).getByRole('button', { name: /^Cancel: / }));
    expect(asked).toEqual([['/v1/operations/op_1/cancel', null]]);
    expect((await within(item).findByTestId('cancel-outcome')).dataset['outcome']).toBe(
      'cancelling',
    );
    write(() => {
      byId().get('op_1')!.set('can_cancel', false);
      byId().get('op_1')!.set('too_late_since', 'activate');
    });
    expect(screen.getByTestId('too-late-op_1').textContent).toBe(
      'Too late to cancel since “Switching on”.',
    );
    expect(within(item).queryByRole('button', { name: /^Cancel: / })).toBeNull();
  });

  test('asks what an operation wants to know, below the one it is needed by', async () => {
    await openPanel();
    const input = { prompt: MARKUP, choices: [{ value: 'keep', label: 'Keep it' }] };
    write(() => {
      byId().set('op_1', new Y.Map(Object.entries(operation())));
      byId().set(
        'op_2',
        new Y.Map(
          Object.entries(
            operation({ operation_id: 'op_2', parent_id: 'op_1', status: 'waiting_input', input }),
          ),
        ),
      );
    });
    const parent = screen.getByTestId('operation-op_1');
    const question = within(parent).getByTestId('question-op_2');
    expect(question.textContent).toContain(MARKUP);
    expect(await violations()).toEqual([]);
    await userEvent.click(within(question).getByRole('button', { name: 'Keep it' }));
    expect(asked).toEqual([['/v1/operations/op_2/input', { value: 'keep' }]]);
  });

  test('shows the log of an operation, as text, with what is missing in it', async () => {
    await openPanel();
    write(() => byId().set('op_1', new Y.Map(Object.entries(operation({ status: 'failed' })))));
    await userEvent.click(screen.getByTestId('log-op_1'));
    const dialog = await screen.findByTestId('log-dialog');
    expect(await within(dialog).findByText('<b>broken</b>')).toBeTruthy();
    expect(dialog.textContent).toContain('1 line in the middle was not kept.');
    expect(within(dialog).getByTestId('log-state').dataset['state']).toBe('ended');
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('log-op_1')));
  });

  test('counts what is unread until it is read', async () => {
    await openPanel();
    const list = server.getMap('runtime').get('notifications') as Y.Array<unknown>;
    write(() => list.push([{ id: 'n1', level: 'success', message: 'm', operation_id: 'op_1' }]));
    const badge = screen.getByTestId('unread');
    expect(badge.textContent).toContain('1 unread');
    await userEvent.click(screen.getByTestId('read-all'));
    expect(asked).toEqual([['/v1/notifications/read', { through: 'n1' }]]);
    expect(screen.queryByTestId('unread')).toBeNull();
    expect(screen.getByTestId('notification').dataset['read']).toBe('true');
    await userEvent.click(within(await screen.findByTestId('toast')).getByRole('button'));
  });

  test('pops up what is new, and only that', async () => {
    const told = server.getMap('runtime').get('notifications') as Y.Array<unknown>;
    told.push([{ id: 'n1', level: 'success', message: 'old news', operation_id: 'op_0' }]);
    await openPanel();
    expect(screen.queryByTestId('toast')).toBeNull();
    write(() => told.push([{ id: 'n2', level: 'error', message: MARKUP, operation_id: 'op_1' }]));
    const toast = await screen.findByTestId('toast');
    expect(toast.textContent).toContain(MARKUP);
    expect(screen.getAllByTestId('notification').map((one) => one.dataset['level'])).toEqual([
      'error',
      'success',
    ]);
    expect(await violations()).toEqual([]);
    await userEvent.click(within(toast).getByRole('button'));
  });

  test('says it when the connection goes, and what to do when it is refused', async () => {
    await openPanel();
    act(() => FakeSocket.last.lose(1012));
    expect(screen.getByTestId('connection').dataset['state']).toBe('offline');
    expect(document.querySelector('[data-freshness="stale"]')).not.toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Try now' }));
    act(() => FakeSocket.last.lose(4401));
    expect(screen.getByTestId('connection-detail').textContent).toContain('./hub up');
    expect(await violations()).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Enter another token' }));
    expect(screen.getByTestId('token')).toBeTruthy();
  });

  test('when the room went back it shows the older state, says so, and forgets the newer', async () => {
    await openPanel();
    write(() => byId().set('op_1', new Y.Map(Object.entries(operation()))));
    expect(screen.getByTestId('operation-op_1')).toBeTruthy();
    expect(screen.queryByTestId('went-back')).toBeNull();

    act(() => FakeSocket.last.bytes(66));
    expect(screen.queryByTestId('operation-op_1')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Try now' }));
    act(() => FakeSocket.last.sync(new Y.Doc(), 1));

    expect(screen.getByTestId('connection').dataset['state']).toBe('live');
    expect(screen.getByTestId('went-back').textContent).toContain('older state');
    expect(screen.queryByTestId('operation-op_1')).toBeNull();
    expect(await violations()).toEqual([]);
    await userEvent.click(screen.getByTestId('lang'));
    expect(screen.getByTestId('went-back').textContent).toContain('более раннему состоянию');
    await userEvent.click(screen.getByTestId('lang'));
  });

  test('a live connection to a hub without news is shown as ready and stale, apart', async () => {
    hub.state_sync = { ...hub.state_sync, freshness_state: 'stale', semantic_state: 'stale' };
    hub.evidence.sources = [{ name: 'operations', state: 'lost', age_ms: 17_000 }];
    await openPanel();
    const line = () => screen.getByTestId('connection').dataset;
    expect(line()).toMatchObject({ state: 'stale', route: 'ready', sync: 'stale', pressure: 'ok' });
    act(() => FakeSocket.last.generation(3));
    expect(line()['state']).toBe('stale');
    expect(screen.getByTestId('connection-detail').textContent).toBe(
      'Live connection, but the operations service is not answering: progress may be old.',
    );
    expect(document.querySelector('[data-freshness="stale"]')).not.toBeNull();
    expect(screen.getByTestId('badge-operations').dataset['trust']).toBe('stale');
    expect(await violations()).toEqual([]);
    await userEvent.click(screen.getByTestId('lang'));
    expect(screen.getByTestId('connection-detail').textContent).toContain(
      'сервис операций не отвечает',
    );
    await userEvent.click(screen.getByTestId('lang'));

    hub = wellHub();
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    await waitFor(() => expect(line()['state']).toBe('live'));
    expect(screen.queryByTestId('connection-detail')).toBeNull();
  });

  test('what the document says of its state counts at once, before the hub is asked again', async () => {
    await openPanel();
    write(() =>
      server.getMap('runtime').set('status', { state_sync: { ...wellHub().state_sync, freshness_state: 'aging' } }),
    );
    expect(screen.getByTestId('connection').dataset).toMatchObject({ state: 'aging', route: 'ready' });
  });

  test('the line and the badges open the contracts, by keyboard alone, and give the focus back', async () => {
    await openPanel();
    for (const opener of ['connection', 'badge-operations', 'badge-notifications']) {
      screen.getByTestId(opener).focus();
      await userEvent.keyboard('{Enter}');
      const dialog = await screen.findByTestId('status-dialog');
      const answers = ['route', 'state', 'pressure'].map(
        (name) => within(dialog).getByTestId(`contract-${name}`).dataset['answer'],
      );
      expect(answers).toEqual(['ready', 'fresh', 'ok']);
      expect(await violations()).toEqual([]);
      await userEvent.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryByTestId('status-dialog')).toBeNull());
      await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(opener)));
    }
  });

  test('speaks Russian at a press, and remembers', async () => {
    await openPanel();
    await userEvent.click(screen.getByTestId('lang'));
    expect(screen.getByTestId('connection').textContent).toContain('На связи');
    expect(document.documentElement.lang).toBe('ru');
    expect(localStorage.getItem('hub.language')).toBe('ru');
    await userEvent.click(screen.getByTestId('theme'));
    expect(document.documentElement.dataset['theme']).toBe('dark');
  });
});

describe('the marketplace', () => {
  async function openMarketplace(): Promise<HTMLElement> {
    await openPanel();
    await userEvent.click(screen.getByTestId('open-marketplace'));
    return screen.findByTestId('row-skill-weather_skill');
  }

  test("shows both kinds, strangers' texts as text", async () => {
    await openMarketplace();
    const foreign = await screen.findByTestId('row-scenario-evening');
    expect(within(foreign).getByRole('heading').textContent).toBe(MARKUP);
    const badge = screen.getByTestId('badge-marketplace');
    await waitFor(() => expect(badge.dataset['trust']).toBe('fresh'));
    await userEvent.click(badge);
    expect(await screen.findByTestId('status-dialog')).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('status-dialog')).toBeNull());
    expect(screen.getByTestId('marketplace-dialog')).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
    expect(await violations()).toEqual([]);
  });

  test('an install is shown at once, followed live, and stays as installed', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const answered = commandAnswer;
    commandAnswer = async () => {
      await held;
      return answered();
    };
    const shown = await openMarketplace();
    const button = screen.getByTestId('install-skill-weather_skill');
    await userEvent.click(button);
    expect(shown.dataset['status']).toBe('requesting');
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(button);
    expect(commands).toHaveLength(1);
    expect(commands[0]!.body).toEqual({
      kind: 'skill.install',
      target_kind: 'skill',
      target_id: 'weather_skill',
      webspace_id: 'desktop',
      node_id: 'hub',
    });
    expect(commands[0]!.headers.get('Idempotency-Key')).toBeTruthy();

    await act(async () => {
      release();
      await held;
    });
    await waitFor(() => expect(shown.dataset['status']).toBe('installing'));
    write(() => byId().set('op_1', new Y.Map(Object.entries(operation()))));
    expect(within(shown).getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40');
    const reason = document.getElementById(button.getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent).toBe('Already under way: Downloading · Getting the archive');
    expect(await violations()).toEqual([]);

    rows[0] = row('skill', 'weather_skill', {
      status: 'installed',
      installed_version: '1.0.0',
      install_action: null,
    });
    write(() => {
      byId().get('op_1')!.set('status', 'succeeded');
      byId().get('op_1')!.set('revision', 3);
    });
    expect(shown.dataset['status']).toBe('installed');
    expect(screen.queryByTestId('install-skill-weather_skill')).toBeNull();
    // The button had the focus: its row has it now, so that the keyboard stays in the dialog.
    expect(document.activeElement).toBe(shown);
    await new Promise((later) => setTimeout(later, 200));
    expect(screen.getByTestId('row-skill-weather_skill').dataset['status']).toBe('installed');

    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('marketplace-dialog')).toBeNull());
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByTestId('open-marketplace')),
    );
    await userEvent.click(screen.getByTestId('open-marketplace'));
    await screen.findByTestId('row-scenario-evening');
    await waitFor(() => expect(screen.queryByTestId('row-skill-weather_skill')).toBeNull());
    await userEvent.click(screen.getByTestId('show-installed'));
    expect((await screen.findByTestId('row-skill-weather_skill')).dataset['status']).toBe(
      'installed',
    );
  });

  test('an operation of somebody else disables the button with its reason', async () => {
    const shown = await openMarketplace();
    write(() => byId().set('op_9', new Y.Map(Object.entries(operation({ operation_id: 'op_9' })))));
    expect(shown.dataset['status']).toBe('installing');
    await userEvent.click(screen.getByTestId('install-skill-weather_skill'));
    expect(commands).toHaveLength(0);
  });

  test('an uninstall is asked for twice, by keyboard alone', async () => {
    rows[0] = row('skill', 'weather_skill', {
      status: 'update_available',
      installed: true,
      installed_version: '0.9.0',
    });
    const shown = await openMarketplace();
    const button = within(shown).getByTestId('uninstall-skill-weather_skill');
    button.focus();
    await userEvent.keyboard('{Enter}');
    const question = await screen.findByRole('alertdialog');
    expect(question.textContent).toContain('0.9.0');
    expect(document.activeElement).toBe(screen.getByTestId('uninstall-keep'));
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(commands).toEqual([]);
    await waitFor(() => expect(document.activeElement).toBe(button));
    await userEvent.keyboard('{Enter}');
    await screen.findByRole('alertdialog');
    await userEvent.keyboard('{Tab}{Enter}');
    await waitFor(() => expect(commands).toHaveLength(1));
    expect(commands[0]!.body).toMatchObject({ kind: 'skill.uninstall', node_id: 'hub' });
  });

  test('a refusal is shown with detail and remedy, and can be tried again', async () => {
    commandAnswer = () =>
      json(
        {
          code: 'target_busy',
          detail: 'op_7 works on it',
          remedy: 'Wait for it',
          correlation_id: 'r1',
        },
        409,
      );
    const shown = await openMarketplace();
    await userEvent.click(screen.getByTestId('install-skill-weather_skill'));
    const problem = await within(shown).findByRole('alert');
    expect(problem.textContent).toContain('op_7 works on it');
    expect(problem.textContent).toContain('Wait for it');
    expect(shown.dataset['status']).toBe('installable');
    expect(await violations()).toEqual([]);
    commandAnswer = () => json({ operation: operation({ revision: 1 }) }, 202);
    await userEvent.click(screen.getByTestId('install-skill-weather_skill'));
    await waitFor(() => expect(shown.dataset['status']).toBe('installing'));
    expect(commands[0]!.headers.get('Idempotency-Key')).not.toBe(
      commands[1]!.headers.get('Idempotency-Key'),
    );
  });

  test('a toast is heard and can be dismissed while the dialog is open', async () => {
    await openMarketplace();
    const search = screen.getByTestId('marketplace-search');
    act(() => search.focus());
    const told = server.getMap('runtime').get('notifications') as Y.Array<unknown>;
    write(() => told.push([{ id: 'n7', level: 'success', message: 'done', operation_id: 'op_7' }]));
    const toast = await screen.findByTestId('toast');
    expect(document.activeElement).toBe(search);
    expect(toast.closest('[data-react-aria-top-layer]')).not.toBeNull();
    expect(toast.closest('[aria-hidden="true"], [inert]')).toBeNull();
    await userEvent.click(within(toast).getByRole('button'));
    await waitFor(() => expect(screen.queryByTestId('toast')).toBeNull());
    expect(screen.getByTestId('marketplace-dialog')).toBeTruthy();
  });

  test('keeps the focus inside', async () => {
    await openMarketplace();
    const dialog = screen.getByTestId('marketplace-dialog');
    for (let i = 0; i < 12; i++) {
      await userEvent.tab();
      expect(dialog.contains(document.activeElement)).toBe(true);
    }
  });
});
