import { expect, test } from 'vitest';
import { readNodes } from './use-nodes';

const named = (body: unknown) =>
  readNodes(body).map(({ id, isReachable }) => (isReachable ? id : `${id}?`));

test('nodes are named once, the hub first, whatever came', () => {
  const items = [{ node_id: 'kitchen', reachable: false }, { node_id: 'hub' }, { node_id: 'a' }, 7];
  expect(named({ items })).toEqual(['hub', 'a', 'kitchen?']);
  expect(named({ items: [{ node_id: 'a' }, { node_id: 'a' }] })).toEqual(['hub', 'a']);
  expect(named('nonsense')).toEqual(['hub']);
});
