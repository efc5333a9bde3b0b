import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TopicListener } from '../events/event-socket';
import { ServiceClient } from '../http/service-client';
import { useUpdates } from './use-updates';

let asked: string[];
let total: number;
let isAway: boolean;
let listeners: TopicListener[];

beforeEach(() => {
  vi.useFakeTimers();
  [asked, total, isAway, listeners] = [[], 0, false, []];
  vi.stubGlobal('fetch', (url: URL) => {
    asked.push(url.search);
    return isAway
      ? Promise.reject(new TypeError('away'))
      : Promise.resolve(new Response(JSON.stringify({ items: [], total })));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function count() {
  const source = {
    client: new ServiceClient('/', 'secret'),
    changes: () => (listener: TopicListener) => {
      listeners.push(listener);
      return () => undefined;
    },
  };
  return renderHook(() => useUpdates(source, 'kitchen'));
}
const pass = (ms = 0) => act(() => vi.advanceTimersByTimeAsync(ms));

test('it is not known until the marketplace has answered, for the chosen node', async () => {
  total = 3;
  const hook = count();
  expect(hook.result.current).toBeNull();
  await pass();
  expect(hook.result.current).toBe(3);
  expect(asked).toEqual(['?status=update_available&node_id=kitchen&limit=1']);
});

test('many changes are asked for once, and soon though they go on', async () => {
  const hook = count();
  await pass();
  total = 2;
  for (let change = 0; change < 20; change++) {
    listeners.forEach(({ onPayload }) => onPayload({}));
    await pass(100);
  }
  expect(hook.result.current).toBe(2);
  expect(asked.length).toBeLessThan(10);
});

test('while the marketplace is away it is not known', async () => {
  const hook = count();
  await pass();
  expect(hook.result.current).toBe(0);
  isAway = true;
  await pass(31_000);
  expect(hook.result.current).toBeNull();
  isAway = false;
  await pass(31_000);
  expect(hook.result.current).toBe(0);
});
