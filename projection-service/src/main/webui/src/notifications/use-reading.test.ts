import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ServiceClient } from '../http/service-client';
import { readNotifications } from './notification';
import { useReading } from './use-reading';

let asked: [string, unknown][];
let status: number;

// Newest first, as the page shows them; the document has them newest last.
const told = readNotifications([
  { id: 'old', read_at: '2026-04-07T12:00:00Z' },
  { id: 'middle' },
  { id: 'new' },
]);

beforeEach(() => {
  [asked, status] = [[], 200];
  vi.stubGlobal('fetch', (url: URL, init: RequestInit) => {
    asked.push([url.pathname, init.body ? JSON.parse(init.body as string) : null]);
    return Promise.resolve(new Response('{}', { status }));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function reading() {
  const client = new ServiceClient('/', 'secret');
  const hook = renderHook(() => useReading(client, told));
  const unread = () =>
    told.filter((one) => !hook.result.current.isRead(one)).map(({ id }) => id);
  return { hook, unread };
}

test('one is read at once, by itself', async () => {
  const { hook, unread } = reading();
  expect(unread()).toEqual(['new', 'middle']);
  await act(async () => hook.result.current.read(told[0]!));
  expect(unread()).toEqual(['middle']);
  expect(asked).toEqual([['/v1/notifications/new/read', null]]);
});

test('all up to one are read with one command', async () => {
  const { hook, unread } = reading();
  await act(async () => hook.result.current.readThrough(told[0]!));
  expect(unread()).toEqual([]);
  expect(asked).toEqual([['/v1/notifications/read', { through: 'new' }]]);
});

test('what was refused is unread again, and why is said', async () => {
  status = 503;
  const { hook, unread } = reading();
  await act(async () => hook.result.current.readThrough(told[1]!));
  expect(unread()).toEqual(['new', 'middle']);
  expect(hook.result.current.problem?.code).toBe('http_503');
});
