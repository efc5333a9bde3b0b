import { expect, test } from 'vitest';
import { NewcomerWatch, readNotifications } from './notification';

const told = (...ids: string[]) =>
  readNotifications(
    ids.map((id) => ({
      id,
      level: 'success',
      message: `${id} happened`,
      operation_id: 'op_1',
      ts: '2026-04-07T12:00:00Z',
    })),
  );

test('notifications are shown newest first, broken ones left out', () => {
  expect(
    readNotifications([
      { id: 'n1', level: 'error', message: 'm' },
      7,
      { message: 'no id' },
      { id: 'n2' },
    ]).map(({ id, level, message }) => ({ id, level, message })),
  ).toEqual([
    { id: 'n2', level: 'warning', message: '' },
    { id: 'n1', level: 'error', message: 'm' },
  ]);
  expect(readNotifications({ not: 'a list' })).toEqual([]);
});

test('what is found first is history, what comes later is new, once', () => {
  const watch = new NewcomerWatch();
  expect(watch.newIn(told('a', 'b'))).toEqual([]);
  expect(watch.newIn(told('a', 'b', 'c', 'd')).map(({ id }) => id)).toEqual(['c', 'd']);
  expect(watch.newIn(told('b', 'c', 'd'))).toEqual([]);
});
