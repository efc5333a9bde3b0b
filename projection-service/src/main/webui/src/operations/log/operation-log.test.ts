import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TopicListener } from '../../events/event-socket';
import { ServiceClient } from '../../http/service-client';
import { type LogView, OperationLog } from './operation-log';

let asked: number[];
let kept: string[];
let status: string;
let isAway: boolean;
let listener: TopicListener;
let view: LogView;
let stop: () => void;

const line = (number: number) => ({
  line: number,
  at: '2026-04-07T12:00:00Z',
  level: 'info',
  step: 'fetch',
  message: kept[number - 1],
});
const batch = (from: number, to: number) => ({
  operation_id: 'op_1',
  items: Array.from({ length: to - from + 1 }, (_, at) => line(from + at)),
  next_after: to,
  dropped: 0,
  status,
});

beforeEach(() => {
  vi.useFakeTimers();
  [asked, kept, status, isAway] = [[], ['one', 'two'], 'running', false];
  vi.stubGlobal('fetch', (url: URL) => {
    const after = Number(url.searchParams.get('after'));
    asked.push(after);
    return isAway
      ? Promise.reject(new TypeError('away'))
      : Promise.resolve(new Response(JSON.stringify(batch(after + 1, kept.length))));
  });
  const stream = (one: TopicListener) => {
    listener = one;
    return () => undefined;
  };
  stop = new OperationLog(new ServiceClient('/', 'secret'), 'op_1', stream, (now) => {
    view = now;
  }).start();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const messages = () => view.lines.map(({ message }) => message);

test('what was before comes over HTTP, what follows by the stream', async () => {
  await pass();
  listener.onLive(true);
  await pass();
  asked = [];
  kept.push('three');
  listener.onPayload(batch(3, 3));
  expect(messages()).toEqual(['one', 'two', 'three']);
  expect(view.isLive).toBe(true);
  await pass(60_000);
  expect(asked).toEqual([]);
});

test('a gap in the stream is read over HTTP, lines that come twice are there once', async () => {
  await pass();
  listener.onLive(true);
  await pass();
  kept.push('three', 'four', 'five');
  listener.onPayload(batch(5, 5));
  listener.onPayload(batch(2, 2));
  await pass();
  expect(messages()).toEqual(['one', 'two', 'three', 'four', 'five']);
});

test('a message without lines that is further tells of a gap as well', async () => {
  await pass();
  listener.onLive(true);
  await pass();
  kept.push('three');
  status = 'succeeded';
  listener.onPayload({ ...batch(4, 3), next_after: 3 });
  await pass();
  expect(messages()).toEqual(['one', 'two', 'three']);
  expect(view.hasEnded).toBe(true);
});

test('while nobody tells it asks until the end', async () => {
  await pass();
  kept.push('three');
  await pass(2_000);
  expect(messages()).toEqual(['one', 'two', 'three']);
  status = 'failed';
  await pass(2_000);
  asked = [];
  await pass(60_000);
  expect(asked).toEqual([]);
});

test('a service that is away is said and asked again', async () => {
  await pass();
  isAway = true;
  await pass(2_000);
  expect(view.problem?.code).toBe('unreachable');
  expect(messages()).toEqual(['one', 'two']);
  isAway = false;
  await pass(2_000);
  expect(view.problem).toBeNull();
});

test('lines of another form are left out', async () => {
  await pass();
  listener.onLive(true);
  await pass();
  listener.onPayload('nonsense');
  listener.onPayload({
    items: [line(3), { line: 4, level: 'loud', message: '<b>' }, { line: 'x' }, null],
    next_after: 4,
    status: 'running',
  });
  expect(view.lines.map(({ line: number, level }) => [number, level])).toEqual([
    [1, 'info'],
    [2, 'info'],
    [3, 'info'],
    [4, 'info'],
  ]);
});
