import { describe, expect, test } from 'vitest';
import { findModal, modalName } from './modal';

test.each([
  ['voice', 'voice'],
  ['node:A:voice', 'voice'],
  ['node:A:node:B:node:C:voice', 'voice'],
  ['node:A:with:colon', 'with:colon'],
  ['node::voice', 'voice'],
  // No name would be left: these are names themselves.
  ['node:A', 'node:A'],
  ['node:A:', 'node:A:'],
  ['node:A:node:B', 'node:B'],
  ['', ''],
])('the name of %s is %s', (id, name) => {
  expect(modalName(id)).toBe(name);
});

describe('the modal an id means to a node', () => {
  const keyOf = (keys: string[], id: string, node = 'A') =>
    findModal(Object.fromEntries(keys.map((key) => [key, { title: key }])), id, node)?.key;
  const ids = ['voice', 'node:A:voice', 'node:B:voice', 'node:C:node:B:node:A:voice'];

  test.each(ids)('%s opens the one of the current node', (id) => {
    const keys = ['node:B:voice', 'voice', 'node:A:voice', 'node:A:node:B:voice', 'node:A:other'];
    expect(keyOf(keys, id)).toBe('node:A:voice');
    expect(keyOf(keys, id, 'B')).toBe('node:B:voice');
  });

  test.each(ids)('%s opens a copy with too many prefixes when there is no other', (id) => {
    expect(keyOf(['voice', 'node:A:node:B:node:C:voice', 'node:A:node:B:voice'], id)).toBe(
      'node:A:node:B:voice',
    );
  });

  test.each(ids)('%s opens the shared one when the node has none', (id) => {
    expect(keyOf(['node:B:voice', 'voice'], id)).toBe('voice');
  });

  test('else the very one that was named, else the one with the shortest key', () => {
    const keys = ['node:C:voice', 'node:D:node:B:voice', 'node:B:voice'];
    expect(keyOf(keys, 'node:D:node:B:voice')).toBe('node:D:node:B:voice');
    expect(keyOf(keys, 'voice')).toBe('node:B:voice');
  });

  test('says its name and definition, and nothing of what is not there', () => {
    const modals = { 'node:A:voice': { title: 'Voice' } };
    expect(findModal(modals, 'voice', 'A')).toEqual({
      name: 'voice',
      key: 'node:A:voice',
      definition: { title: 'Voice' },
    });
    expect(findModal(modals, 'constructor', 'A')).toBeNull();
    expect(findModal({}, 'voice', 'A')).toBeNull();
  });
});
