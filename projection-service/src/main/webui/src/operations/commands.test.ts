import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProblemError } from '../http/problem';
import { ServiceClient } from '../http/service-client';
import { requestInstall } from './commands';

const operation = { operation_id: 'op_1', status: 'accepted', kind: 'skill.install', revision: 1 };
const target = { kind: 'skill', id: 'weather_skill' };
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
  const wish = requestInstall(new ServiceClient('/', 'secret'), target, 'desktop').catch(
    (failure: unknown) => failure,
  );
  await vi.runAllTimersAsync();
  return wish;
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
