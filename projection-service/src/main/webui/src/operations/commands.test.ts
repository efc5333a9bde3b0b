import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProblemError } from '../http/problem';
import { ServiceClient } from '../http/service-client';
import { cancelOperation, requestOperation, requestUpdateAll } from './commands';

const operation = { operation_id: 'op_1', status: 'accepted', kind: 'skill.install', revision: 1 };
const wish = { verb: 'install' as const, kind: 'skill', id: 'weather_skill', node: 'hub' };
let asked: { url: URL; init: RequestInit }[];
let answers: (() => Response)[];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal('fetch', (url: URL, init: RequestInit) => {
    asked.push({ url, init });
    const next = answers.shift();
    return next ? Promise.resolve(next()) : Promise.reject(new TypeError('connection refused'));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const accepted = () =>
  new Response(JSON.stringify({ operation_id: 'op_1', operation }), { status: 202 });
const install = async () => {
  const answer = requestOperation(new ServiceClient('/', 'secret'), wish, 'desktop').catch(
    (failure: unknown) => failure,
  );
  await vi.runAllTimersAsync();
  return answer;
};
const key = (call: { init: RequestInit }) => new Headers(call.init.headers).get('Idempotency-Key');

test('an install is one command with a key of its own', async () => {
  answers = [accepted, accepted];
  expect(await install()).toMatchObject({ id: 'op_1', status: 'accepted' });
  expect(JSON.parse(asked[0]!.init.body as string)).toEqual({
    kind: 'skill.install',
    target_kind: 'skill',
    target_id: 'weather_skill',
    webspace_id: 'desktop',
    node_id: 'hub',
  });
  await install();
  expect(key(asked[0]!)).toMatch(/^[0-9a-f-]{36}$/);
  expect(key(asked[0]!)).not.toBe(key(asked[1]!));
});

test('a lost answer is asked for again under the same key', async () => {
  answers = [
    () => {
      throw new TypeError('reset');
    },
    () => new Response('', { status: 503 }),
    accepted,
  ];
  expect(await install()).toMatchObject({ id: 'op_1' });
  expect(new Set(asked.map(key)).size).toBe(1);
  expect(asked).toHaveLength(3);
});

test('a refusal is final and keeps its words', async () => {
  answers = [
    () =>
      new Response(
        JSON.stringify({
          code: 'target_busy',
          detail: 'op_9 works on it',
          remedy: 'Wait',
          errors: [{ path: '/x', message: 'm' }],
        }),
        { status: 409 },
      ),
  ];
  const failure = await install();
  expect(failure).toBeInstanceOf(ProblemError);
  expect((failure as ProblemError).problem).toMatchObject({
    code: 'target_busy',
    detail: 'op_9 works on it',
    remedy: 'Wait',
    errors: [{ path: '/x', message: 'm' }],
  });
  expect(asked).toHaveLength(1);
});

test('nobody there is said after three tries', async () => {
  answers = [];
  expect(((await install()) as ProblemError).problem.code).toBe('unreachable');
  expect(asked).toHaveLength(3);
});

test('an answer of another form is not taken for an operation', async () => {
  answers = [() => new Response('{}', { status: 202 })];
  expect(((await install()) as ProblemError).problem.code).toBe('answer_not_understood');
});

const body = (value: unknown, status = 200) => () =>
  new Response(JSON.stringify(value), { status });

test('an update of everything says how many have begun and what was refused', async () => {
  answers = [
    body({
      ok: false,
      accepted: true,
      result: {
        operation_ids: ['op_1', 'op_2'],
        operations: [
          { target_id: 'a', operation_id: 'op_1' },
          { target_id: 'b', operation_id: 'op_2' },
          { target_id: 'c', error: 'target_busy', detail: 'op_9 works on it' },
        ],
      },
    }),
  ];
  const marketplace = new ServiceClient('/', 'secret');
  expect(await requestUpdateAll(marketplace, 'desktop', 'kitchen')).toEqual({
    started: 2,
    refused: ['c: op_9 works on it'],
  });
  expect(asked[0]!.url.pathname).toBe('/api/node/infrastate/action');
  expect(JSON.parse(asked[0]!.init.body as string)).toMatchObject({
    id: 'adaos_update',
    node_id: 'kitchen',
  });
});

test('an update of everything that was refused as a whole is a problem', async () => {
  answers = [body({ ok: false, error: 'not_yet_visible', detail: 'The catalog was not read' })];
  const failure: unknown = await requestUpdateAll(
    new ServiceClient('/', 'secret'),
    'desktop',
    'hub',
  ).catch((reason: unknown) => reason);
  expect((failure as ProblemError).problem).toMatchObject({
    code: 'not_yet_visible',
    detail: 'The catalog was not read',
  });
});

test('a cancel answers with its outcome, or why it is too late', async () => {
  const operations = new ServiceClient('/', 'secret');
  answers = [
    body({ outcome: 'cancelled' }, 202),
    body({ outcome: 'cancelling' }, 202),
    body({ code: 'operation_not_cancellable', detail: 'too late since activate' }, 409),
  ];
  expect(await cancelOperation(operations, 'op_1')).toBe('cancelled');
  expect(await cancelOperation(operations, 'op_1')).toBe('cancelling');
  await expect(cancelOperation(operations, 'op_1')).rejects.toThrow('too late since activate');
});
