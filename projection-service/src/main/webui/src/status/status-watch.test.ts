import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ServiceClient } from '../http/service-client';
import { StatusWatch } from './status-watch';

const body = (freshness = 'fresh', operationsAge = 400) => ({
  webspace_id: 'desktop',
  connectivity: [],
  state_sync: { freshness_state: freshness },
  yjs_pressure: [],
  evidence: { sources: [{ name: 'operations', state: 'following', age_ms: operationsAge }] },
});

let asked: { url: string; signal: AbortSignal; tag: string | null }[];
let answer: () => Promise<Response>;
let watch: StatusWatch;
let stop: () => void;
const says = (what: unknown, tag = '"1"') => () =>
  Promise.resolve(new Response(JSON.stringify(what), { headers: { ETag: tag } }));
const unchanged = () => Promise.resolve(new Response(null, { status: 304 }));
const fails = () => Promise.resolve(new Response('{"code":"store_unavailable"}', { status: 503 }));
const never = () =>
  new Promise<Response>((_resolve, reject) => {
    const { signal } = asked.at(-1)!;
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
const visible = (state: DocumentVisibilityState) => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers();
  asked = [];
  answer = says(body());
  vi.stubGlobal('fetch', (url: URL, init: { signal: AbortSignal; headers: HeadersInit }) => {
    const tag = new Headers(init.headers).get('If-None-Match');
    asked.push({ url: url.href, signal: init.signal, tag });
    return answer();
  });
  watch = new StatusWatch(new ServiceClient('.', 'secret'), 'desktop', Date.now);
  stop = watch.start();
  await pass(10);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('asking', () => {
  test('goes to the contracts alone, at once and every five seconds', async () => {
    await pass(10_500);
    expect(asked).toHaveLength(3);
    const only = new URL('/v1/webspaces/desktop/status', document.baseURI).href;
    expect(new Set(asked.map(({ url }) => url))).toEqual(new Set([only]));
  });

  test('names what is known, and an unchanged answer confirms it', async () => {
    expect(asked[0]!.tag).toBeNull();
    const first = watch.current().status;
    answer = unchanged;
    await pass(20_000);
    expect(asked.slice(1).map(({ tag }) => tag)).toEqual(asked.slice(1).map(() => '"1"'));
    expect(watch.current()).toMatchObject({ heard: 'current', problem: null });
    expect(watch.current().status).toBe(first);
  });

  test('asks for the ages while something is not fresh', async () => {
    answer = says(body('stale', 16_000), '"2"');
    await pass(5_500);
    answer = says(body('stale', 21_000), '"2"');
    await pass(5_500);
    expect(asked.map(({ tag }) => tag)).toEqual([null, '"1"', null]);
    expect(watch.current().status?.evidence.sources[0]?.ageMs).toBe(21_000);
  });

  test('asks for the ages, and more often, while somebody reads them', async () => {
    watch.read(true);
    await pass(5_000);
    expect(asked.length).toBeGreaterThanOrEqual(4);
    expect(asked.every(({ tag }) => tag === null)).toBe(true);
    const before = asked.length;
    watch.read(false);
    await pass(10_000);
    expect(asked.length - before).toBeLessThanOrEqual(2);
  });

  test('has one question under way and gives it up after four seconds', async () => {
    answer = never;
    await pass(5_500);
    watch.askNow();
    watch.askNow();
    expect(asked).toHaveLength(2);
    await pass(4_000);
    expect(asked[1]!.signal.aborted).toBe(true);
    expect(asked).toHaveLength(3);
  });

  test('rests while the page is hidden, and knows nothing when it is seen again', async () => {
    visible('hidden');
    await pass(60_000);
    expect(asked).toHaveLength(1);
    expect(watch.current().heard).toBe('lost');
    visible('visible');
    await pass(10);
    expect(asked).toHaveLength(2);
    expect(watch.current().heard).toBe('current');
  });

  test('ends when it is stopped', async () => {
    answer = never;
    await pass(5_500);
    stop();
    expect(asked.at(-1)!.signal.aborted).toBe(true);
    await pass(60_000);
    expect(asked).toHaveLength(2);
  });
});

describe('when no answer comes', () => {
  test('that is told at once, what was known ages, and then counts no more', async () => {
    const told = vi.fn();
    watch.subscribe(told);
    answer = fails;
    await pass(5_500);
    expect(watch.current()).toMatchObject({
      heard: 'current',
      problem: { code: 'store_unavailable' },
    });
    expect(told).toHaveBeenCalled();
    await pass(2_500);
    expect(watch.current().heard).toBe('late');
    await pass(5_000);
    expect(watch.current().heard).toBe('lost');
    expect(watch.current().status?.stateSync.freshness).toBe('fresh');
    answer = says(body());
    await pass(1_500);
    expect(watch.current()).toMatchObject({ heard: 'current', problem: null });
  });

  test.each([
    ['something else', says({ hello: 1 })],
    ['another webspace', says({ ...body(), webspace_id: 'kitchen' })],
    ['no JSON', () => Promise.resolve(new Response('<html>'))],
  ])('%s is none', async (_case, answered) => {
    answer = answered;
    await pass(5_500);
    expect(watch.current().problem?.code).toBe('answer_not_understood');
  });

  test('an answer counts from when it was asked for', async () => {
    answer = () => new Promise((resolve) => setTimeout(() => resolve(new Response(JSON.stringify(body()))), 3_900));
    await pass(9_200);
    expect(watch.current().heard).toBe('current');
    answer = never;
    await pass(4_000);
    expect(watch.current().heard).toBe('late');
  });
});
