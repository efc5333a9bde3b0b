import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ServiceClient } from '../http/service-client';
import { readOperation } from '../operations/operation';
import { readRow } from './row';
import { useInstalls } from './use-installs';

const row = readRow({ kind: 'skill', id: 'weather', version: '1', status: 'installable' })!;
const wire = (over: Record<string, unknown> = {}) => ({
  operation_id: 'op_1',
  status: 'running',
  progress: 25,
  revision: 3,
  ...over,
});
const operation = (over: Record<string, unknown> = {}) => readOperation(wire(over))!;

describe('following an installation', () => {
  let asked: string[];
  let answer: () => Promise<Response>;

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    answer = () => Promise.resolve(new Response(JSON.stringify(wire({ revision: 3 }))));
    vi.stubGlobal('fetch', (url: URL) => {
      asked.push(url.pathname);
      return answer();
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  function follow(shown: { isFresh: boolean; isShown: boolean }) {
    const client = new ServiceClient('/', 'secret');
    const operations = shown.isShown ? [operation()] : [];
    const { result, rerender } = renderHook(
      ({ isFresh }) => useInstalls(client, { webspace: 'desktop', node: 'hub' }, { operations, isFresh }),
      { initialProps: { isFresh: shown.isFresh } },
    );
    act(() => result.current.adopt(row, operation()));
    return { result, rerender };
  }
  const known = ({ result }: ReturnType<typeof follow>) => {
    const request = result.current.requests.get('skill:weather');
    return request?.phase === 'accepted' ? request.operation : null;
  };
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

  test('a fresh document that shows it is enough', async () => {
    follow({ isFresh: true, isShown: true });
    await pass(10_000);
    expect(asked).toEqual([]);
  });

  test('what the document does not show is asked for', async () => {
    follow({ isFresh: true, isShown: false });
    await pass(2_000);
    expect(asked).toEqual(['/v1/operations/op_1']);
  });

  test('while the document may be old it is asked for to its end', async () => {
    const hook = follow({ isFresh: false, isShown: true });
    await pass(2_000);
    expect(asked).toEqual(['/v1/operations/op_1']);
    answer = () =>
      Promise.resolve(new Response(JSON.stringify(wire({ status: 'succeeded', revision: 9 }))));
    await pass(2_000);
    expect(known(hook)).toMatchObject({ status: 'succeeded', revision: 9 });
    await pass(10_000);
    expect(asked).toHaveLength(2);
  });

  test('asking ends when the document is fresh again', async () => {
    const { rerender } = follow({ isFresh: false, isShown: true });
    await pass(2_000);
    rerender({ isFresh: true });
    await pass(10_000);
    expect(asked).toHaveLength(1);
  });

  test('a service that hangs is asked once', async () => {
    answer = () => new Promise(() => undefined);
    follow({ isFresh: false, isShown: true });
    await pass(8_000);
    expect(asked).toHaveLength(1);
  });
});
