import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ServiceClient } from '../http/service-client';
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

const json = (body: unknown, etag?: string) =>
  new Response(JSON.stringify(body), { headers: etag ? { ETag: etag } : {} });
const turn = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
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
  shelf = new Shelf(new ServiceClient('http://market.example/base', 'secret'), 'skill', (next) => {
    view = next;
  });
  stop = shelf.start();
  shelf.ask({ search: '', all: false, limit: 100 });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('asking for rows', () => {
  test('the first question comes at once, with credential and query', async () => {
    shelf.ask({ search: 'home', all: true, limit: 50 });
    await turn();
    const { url, headers } = asked.at(-1)!;
    expect(url.href).toBe(
      'http://market.example/base/v1/marketplace?kind=skill&q=home&status=all&limit=50',
    );
    expect(headers.get('Authorization')).toBe('Bearer secret');
    expect(ids()).toEqual(['a installable', 'b installable']);
  });

  test('every two seconds it asks whether something has changed', async () => {
    await turn();
    answer = () => new Response(null, { status: 304 });
    await turn(2_000);
    await turn(2_000);
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
    shelf.ask({ search: 'x', all: false, limit: 100 });
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

describe('when the service does not answer', () => {
  test('the rows stay, marked by the problem, until it answers again', async () => {
    await turn();
    answer = () => {
      throw new TypeError('connection refused');
    };
    await turn(2_000);
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
    await turn(2_000);
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
    await turn(2_000);
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
    await turn(2_000);
    expect(ids()).toEqual(['b installable']);
  });

  test('goes when another search does not list it', async () => {
    await turn();
    answer = () => json({ items: [wire('b')], total: 1 }, '"3"');
    shelf.ask({ search: 'b', all: false, limit: 100 });
    await turn();
    expect(ids()).toEqual(['b installable']);
    expect(asked.every(({ url }) => url.pathname.endsWith('/marketplace'))).toBe(true);
  });
});
