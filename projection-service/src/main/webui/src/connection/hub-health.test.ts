import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ServiceClient } from '../http/service-client';
import { type Doubt, HealthWatch, readDoubt, worsened } from './hub-health';

const health = (state: unknown, log: unknown) => ({
  sources: { ok: true, operations: { state } },
  rooms: { desktop: { log } },
});

describe('what the health of the service says about a webspace', () => {
  test.each<[string, unknown, Doubt | null]>([
    ['all is well', health('fresh', 'ok'), null],
    ['the source is late', health('aging', 'ok'), 'operationsAging'],
    ['the source is silent', health('stale', 'ok'), 'operationsStale'],
    ['the log fails', health('fresh', 'unavailable'), 'logUnavailable'],
    ['the log fails and the source is late', health('aging', 'unavailable'), 'logUnavailable'],
    ['both fail', health('stale', 'unavailable'), 'operationsStale'],
    ['unknown words', health('rotten', 5), null],
    ['members missing', { service: 'projection-service' }, null],
    ['a member that could not be read', { sources: { ok: false }, rooms: null }, null],
    ['no object at all', [], null],
  ])('%s', (_case, body, doubt) => {
    expect(readDoubt(body, 'desktop')).toBe(doubt);
  });

  test('of another webspace counts nothing', () => {
    expect(readDoubt(health('fresh', 'unavailable'), 'kitchen')).toBeNull();
    expect(readDoubt(health('fresh', 'unavailable'), 'constructor')).toBeNull();
  });
});

test.each([
  ['live', null, 'live'],
  ['live', 'operationsAging', 'aging'],
  ['live', 'operationsStale', 'stale'],
  ['live', 'logUnavailable', 'stale'],
  ['aging', null, 'aging'],
  ['aging', 'operationsAging', 'aging'],
  ['aging', 'operationsStale', 'stale'],
  ['stale', 'operationsAging', 'stale'],
  ['connecting', 'operationsStale', 'connecting'],
  ['offline', 'operationsAging', 'offline'],
  ['refused', 'operationsStale', 'refused'],
] as const)('a connection that is %s is with the doubt %s %s', (state, doubt, shown) => {
  expect(worsened(state, doubt)).toBe(shown);
});

describe('asking', () => {
  let asked: { url: string; signal: AbortSignal }[];
  let answer: () => Promise<Response>;
  let watch: HealthWatch;
  let stop: () => void;
  const says = (body: unknown) => () => Promise.resolve(new Response(JSON.stringify(body)));
  const never = () =>
    new Promise<Response>((_resolve, reject) => {
      const { signal } = asked.at(-1)!;
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  const visible = (state: DocumentVisibilityState) => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
    document.dispatchEvent(new Event('visibilitychange'));
  };

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    answer = says(health('fresh', 'ok'));
    vi.stubGlobal('fetch', (url: URL, { signal }: { signal: AbortSignal }) => {
      asked.push({ url: url.href, signal });
      return answer();
    });
    watch = new HealthWatch(new ServiceClient('.', 'secret'), 'desktop');
    stop = watch.start();
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test("goes to the page's own origin at once and every five seconds, and tells changes", async () => {
    const told = vi.fn();
    watch.subscribe(told);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(asked.map(({ url }) => url)).toEqual([new URL('/v1/health', document.baseURI).href]);
    answer = says(health('stale', 'ok'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveLength(3);
    expect(watch.current()).toBe('operationsStale');
    expect(told).toHaveBeenCalledTimes(1);
    answer = says(health('fresh', 'ok'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(watch.current()).toBeNull();
  });

  test('gives up after four seconds, and what was known last stays', async () => {
    answer = says(health('stale', 'ok'));
    await vi.advanceTimersByTimeAsync(5_000);
    answer = never;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(3_900);
    expect(asked[2]!.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked[2]!.signal.aborted).toBe(true);
    expect(watch.current()).toBe('operationsStale');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(4);
  });

  test('has one question under way', async () => {
    answer = never;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toHaveLength(2);
    visible('visible');
    visible('visible');
    expect(asked).toHaveLength(2);
  });

  test('rests while the page is hidden and is done at once when it is seen again', async () => {
    await vi.advanceTimersByTimeAsync(100);
    visible('hidden');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    visible('visible');
    expect(asked).toHaveLength(2);
  });

  test('ends when it is stopped', async () => {
    answer = never;
    await vi.advanceTimersByTimeAsync(5_000);
    stop();
    expect(asked.at(-1)!.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(2);
  });
});
