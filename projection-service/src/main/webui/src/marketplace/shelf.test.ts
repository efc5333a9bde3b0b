import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ServiceClient } from '../http/service-client';
import type { TopicListener } from '../events/event-socket';
import { Shelf, type ShelfView } from './shelf';

const wire = (id: string, status = 'installable') => ({
  kind: 'skill',
  id,
  title: id,
  version: '1.0.0',
  status,
  tags: [],
  install_action: {},
});

let asked: { url: URL; headers: Headers }[];
let answer: (url: URL, headers: Headers) => Response;
let shelf: Shelf;
let view: ShelfView | undefined;
let stop: () => void;
let teller: TopicListener | null;

const json = (body: unknown, etag?: string) =>
  new Response(JSON.stringify(body), { headers: etag ? { ETag: etag } : {} });
const turn = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
/** Until the next question, when nobody tells of changes. */
const later = () => turn(10_000);
const ids = () => view?.rows.map(({ id, status }) => `${id} ${status}`);

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answer = () => json({ items: [wire('a'), wire('b')], total: 2 }, '"1"');
  vi.stubGlobal('fetch', (url: URL, init: RequestInit) => {
    const headers = new Headers(init.headers);
    asked.push({ url, headers });
    try {
      return Promise.resolve(answer(url, headers));
    } catch (failure) {
      return Promise.reject(failure as Error);
    }
  });
  view = undefined;
  teller = null;
  shelf = new Shelf(
    new ServiceClient('http://market.example/base', 'secret'),
    'skill',
    (listener) => {
      teller = listener;
      return () => {
        teller = null;
      };
    },
    (next) => {
      view = next;
    },
  );
  stop = shelf.start();
  shelf.ask({ search: '', all: false, node: 'hub', limit: 100 });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('asking for rows', () => {
  test('the first question comes at once, with credential and query', async () => {
    shelf.ask({ search: 'home', all: true, node: 'hub', limit: 50 });
    await turn();
    const { url, headers } = asked.at(-1)!;
    expect(url.href).toBe(
      'http://market.example/base/v1/marketplace?kind=skill&q=home&status=all&node_id=hub&limit=50',
    );
    expect(headers.get('Authorization')).toBe('Bearer secret');
    expect(ids()).toEqual(['a installable', 'b installable']);
  });

  test('without news it asks every ten seconds, and says so', async () => {
    await turn();
    answer = () => new Response(null, { status: 304 });
    expect(view?.isPolled).toBe(false);
    await turn(10_000);
    expect(view?.isPolled).toBe(true);
    await turn(10_000);
    expect(asked).toHaveLength(3);
    expect(asked.at(-1)!.headers.get('If-None-Match')).toBe('"1"');
    expect(ids()).toHaveLength(2);
  });

  test('a hidden page asks nothing, a shown one at once', async () => {
    await turn();
    const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    await turn(60_000);
    expect(asked).toHaveLength(1);
    hidden.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    await turn();
    expect(asked).toHaveLength(2);
  });

  test('another query forgets the ETag of the last', async () => {
    await turn();
    shelf.ask({ search: 'x', all: false, node: 'hub', limit: 100 });
    await turn();
    expect(asked.at(-1)!.headers.has('If-None-Match')).toBe(false);
  });

  test('after stop nothing is asked', async () => {
    await turn();
    stop();
    await turn(60_000);
    expect(asked).toHaveLength(1);
  });
});

describe('when changes are told', () => {
  const sources = (registry: number, operations = 1) => ({
    registry: { state: 'fresh', epoch: 'e', sequence: registry },
    operations: { state: 'fresh', epoch: 'o', sequence: operations },
  });
  const listing = (registry: number, operations?: number) =>
    json({ items: [wire('a')], total: 1, sources: sources(registry, operations) });
  const told = (over: Record<string, unknown> = {}) =>
    teller?.onPayload({ source: 'registry', epoch: 'e', sequence: 7, state: 'fresh', ...over });
  const wanted = () => asked.map(({ url }) => url.searchParams.get('min_sequence'));

  beforeEach(async () => {
    // By chance two questions would fall into one step of these tests, or not.
    vi.spyOn(Math, 'random').mockReturnValue(0.9);
    answer = () => listing(5);
    shelf.ask({ search: '', all: false, node: 'hub', limit: 100 });
    await turn();
    asked = asked.slice(-1);
    teller?.onLive(true);
  });

  test('it asks for that position within a tenth of a second, and otherwise nothing', async () => {
    await turn(60_000);
    expect(asked).toHaveLength(1);
    answer = () => listing(7);
    told();
    await turn(100);
    expect(wanted()).toEqual([null, 'registry:7']);
    await turn(60_000);
    expect(asked).toHaveLength(2);
    expect(view?.isPolled).toBe(false);
  });

  test('what the rows include already is not asked for', async () => {
    told({ sequence: 5, reload: true });
    told({ source: 'operations', epoch: 'o', sequence: 1 });
    await turn(60_000);
    expect(asked).toHaveLength(1);
    told({ epoch: 'new', sequence: 1 });
    await turn(100);
    expect(asked).toHaveLength(2);
  });

  test('it asks again when the service did not have it yet, for both sources', async () => {
    told();
    told({ source: 'operations', epoch: 'o', sequence: 3 });
    await turn(100);
    expect(asked).toHaveLength(2);
    answer = () => listing(7);
    await turn(2_000);
    answer = () => listing(7, 3);
    await turn(100);
    expect(wanted()).toEqual([null, 'registry:7', 'registry:7', 'operations:3']);
    await turn(60_000);
    expect(asked).toHaveLength(4);
  });

  test('news during a question is asked for after it, news of a closed dialog never', async () => {
    shelf.refresh();
    told();
    answer = () => listing(7);
    await turn(200);
    expect(wanted()).toEqual([null, null, 'registry:7']);
    const listener = teller;
    stop();
    listener?.onPayload({ source: 'registry', epoch: 'e', sequence: 9 });
    await turn(60_000);
    expect(asked).toHaveLength(3);
  });

  test('a source that is lost is named until it is found again', async () => {
    told({ sequence: 5, state: 'stale' });
    expect(view?.staleSources).toEqual(['registry']);
    told({ sequence: 5 });
    expect(view?.staleSources).toEqual([]);
  });

  test('when nobody tells any more it asks every ten seconds, and says so', async () => {
    teller?.onLive(false);
    await turn(2_999);
    expect(view?.isPolled).toBe(false);
    await turn(7_001);
    expect(view?.isPolled).toBe(true);
    expect(asked).toHaveLength(2);
    teller?.onLive(true);
    expect(view?.isPolled).toBe(false);
  });

  test.each([[null], ['x'], [{}], [{ source: 7 }], [[]]])('%j is no news', async (payload) => {
    teller?.onPayload(payload);
    await turn(60_000);
    expect(asked).toHaveLength(1);
  });
});

describe('when the service does not answer', () => {
  test('the rows stay, marked by the problem, until it answers again', async () => {
    await turn();
    answer = () => {
      throw new TypeError('connection refused');
    };
    await later();
    expect(view?.problem?.code).toBe('unreachable');
    expect(ids()).toHaveLength(2);
    answer = () => new Response(null, { status: 304 });
    await turn(2_000);
    expect(view?.problem).toBeNull();
  });

  test('a problem body is kept in its own words', async () => {
    answer = () =>
      new Response(
        JSON.stringify({ code: 'upstream_unavailable', detail: 'No catalog', remedy: 'Wait' }),
        { status: 503 },
      );
    await turn();
    shelf.refresh();
    await turn();
    expect(view?.problem).toMatchObject({
      status: 503,
      detail: 'No catalog',
      remedy: 'Wait',
      retryable: true,
    });
  });
});

describe('a row that leaves the answer', () => {
  test('stays as installed when the service says it is installed', async () => {
    await turn();
    answer = (url) =>
      url.pathname.endsWith('/skill/a')
        ? json(wire('a', 'installed'))
        : json({ items: [wire('b')], total: 1 }, '"2"');
    await later();
    expect(ids()).toEqual(['a installed', 'b installable']);
    expect(view?.total).toBe(2);
  });

  test('is not forgotten when the check is cut short', async () => {
    await turn();
    answer = (url, headers) => {
      if (url.pathname.endsWith('/skill/a')) throw new TypeError('connection refused');
      return headers.get('If-None-Match') === '"2"'
        ? new Response(null, { status: 304 })
        : json({ items: [wire('b')], total: 1 }, '"2"');
    };
    await later();
    expect(view?.problem?.code).toBe('unreachable');
    const refused = answer;
    answer = (url, headers) =>
      url.pathname.endsWith('/skill/a') ? json(wire('a', 'installed')) : refused(url, headers);
    await turn(2_000);
    expect(ids()).toEqual(['a installed', 'b installable']);
  });

  test('goes when it is gone from the catalog', async () => {
    await turn();
    answer = (url) =>
      url.pathname.endsWith('/skill/a')
        ? new Response('{}', { status: 404 })
        : json({ items: [wire('b')], total: 1 }, '"2"');
    await later();
    expect(ids()).toEqual(['b installable']);
  });

  test('goes when another search does not list it', async () => {
    await turn();
    answer = () => json({ items: [wire('b')], total: 1 }, '"3"');
    shelf.ask({ search: 'b', all: false, node: 'hub', limit: 100 });
    await turn();
    expect(ids()).toEqual(['b installable']);
    expect(asked.every(({ url }) => url.pathname.endsWith('/marketplace'))).toBe(true);
  });
});
