import { describe, expect, test } from 'vitest';
import {
  activeOn,
  families,
  isActive,
  newestFirst,
  OPERATION_STATUSES,
  readOperation,
  readOperations,
} from './operation';

const record = (over: Record<string, unknown> = {}) => ({
  operation_id: 'op_1',
  kind: 'skill.install',
  target_kind: 'skill',
  target_id: 'weather_skill',
  status: 'running',
  progress: 40,
  message: 'Preparing runtime',
  current_step: 'runtime.prepare',
  scope: ['global', 'skill.install', 'skill:weather_skill'],
  started_at: '2026-04-07T12:00:00+00:00',
  updated_at: '2026-04-07T12:00:12+00:00',
  finished_at: null,
  result: null,
  error: null,
  can_cancel: false,
  revision: 3,
  ...over,
});

describe('an operation of the document', () => {
  test('is read with its times and its step', () => {
    const operation = readOperation(record());
    expect(operation).toMatchObject({
      id: 'op_1',
      status: 'running',
      progress: 40,
      currentStep: 'runtime.prepare',
    });
    expect(operation?.startedAt?.toISOString()).toBe('2026-04-07T12:00:00.000Z');
    expect(operation?.finishedAt).toBeNull();
  });

  test.each([
    ['no object', 'text'],
    ['null', null],
    ['an array', []],
    ['without id', record({ operation_id: 7 })],
    ['of unknown status', record({ status: 'completed' })],
  ])('is left out when it is %s', (_what, value) => {
    expect(readOperation(value)).toBeNull();
  });

  test.each([
    [-5, 0],
    [140, 100],
    [33.4, 33],
    ['half', 0],
    [NaN, 0],
  ])('progress %j becomes %i', (wire, shown) => {
    expect(readOperation(record({ progress: wire }))?.progress).toBe(shown);
  });

  test('wrong members become their harmless defaults', () => {
    expect(
      readOperation(
        record({ scope: ['a', 1, null], started_at: 'soon', error: { type: 'digest_mismatch' } }),
      ),
    ).toMatchObject({
      scope: ['a'],
      startedAt: null,
      error: { message: 'digest_mismatch', remedy: '', rolledBackTo: '' },
    });
  });

  test('its place in the plan is read as the document says it and as the service does', () => {
    const place = { stepIndex: 2, stepCount: 5, tooLateSince: 'activate' };
    expect(
      readOperation(record({ step_index: 2, step_count: 5, too_late_since: 'activate' })),
    ).toMatchObject(place);
    expect(
      readOperation(
        record({ plan: { steps: [1, 2, 3, 4, 5], at: 2, too_late_since: 'activate' } }),
      ),
    ).toMatchObject(place);
    expect(readOperation(record())).toMatchObject({ stepIndex: -1, stepCount: 0, etaAt: null });
  });

  test('a question is read with its answers', () => {
    const input = {
      prompt: 'Really?',
      choices: [{ value: 'keep', label: 'Keep' }, { label: 'no value' }, 'x'],
      expires_at: 'soon',
    };
    expect(readOperation(record({ status: 'waiting_input', input }))?.input).toEqual({
      prompt: 'Really?',
      choices: [{ value: 'keep', label: 'Keep' }],
      expiresAt: null,
    });
    expect(readOperation(record())?.input).toBeNull();
  });

  test('exactly the terminal statuses are not active', () => {
    const ended = OPERATION_STATUSES.filter(
      (status) => !isActive(readOperation(record({ status }))!),
    );
    expect(ended).toEqual(['succeeded', 'failed', 'cancelled', 'recoverable']);
  });
});

describe('the subtree of operations', () => {
  const branch = (order: unknown) => ({
    by_id: { b: record({ operation_id: 'b' }), a: record({ operation_id: 'a', status: 'failed' }) },
    order,
  });

  test('is in the order it names, then what it does not name', () => {
    expect(readOperations(branch(['a', 'b'])).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(readOperations(branch(['a', 'gone', 'a'])).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(readOperations(branch('nonsense')).map(({ id }) => id)).toEqual(['b', 'a']);
  });

  test.each([[undefined], [null], [{}], [{ by_id: [] }], ['x']])('%j holds none', (value) => {
    expect(readOperations(value)).toEqual([]);
  });

  test('what is under way on a target is found by scope', () => {
    const operations = readOperations(branch(['a', 'b']));
    const skill = { kind: 'skill', id: 'weather_skill' };
    expect(activeOn(operations, skill, 'hub')?.id).toBe('b');
    expect(activeOn(operations, skill, 'kitchen')).toBeNull();
    expect(activeOn(operations, { ...skill, kind: 'scenario' }, 'hub')).toBeNull();
    expect(activeOn(operations.slice(0, 1), skill, 'hub')).toBeNull();
  });

  test('children stand below their parent, and nobody is lost or shown twice', () => {
    const some = [
      ['p', null],
      ['c1', 'p'],
      ['lone', 'gone'],
      ['c2', 'p'],
      ['grandchild', 'c1'],
      ['self', 'self'],
    ].map(([operation_id, parent_id]) => readOperation(record({ operation_id, parent_id }))!);
    const all = families(some);
    expect(all.map(({ head, children }) => [head.id, children.map(({ id }) => id)])).toEqual([
      ['p', ['c1', 'c2']],
      ['lone', []],
      ['grandchild', []],
      ['self', []],
    ]);
  });

  test('the last to end comes first', () => {
    const ended = [
      ['x', '2026-04-07T12:00:05Z'],
      ['y', '2026-04-07T12:00:09Z'],
      ['z', null],
    ].map(([operation_id, finished_at]) => readOperation(record({ operation_id, finished_at }))!);
    expect(newestFirst(ended).map(({ id }) => id)).toEqual(['y', 'x', 'z']);
  });
});
