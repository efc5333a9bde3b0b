import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AddressError, isPath, pathText, placesOf, readPath, SHARED } from './address';

describe('the text of a path', () => {
  test.each([
    ['data/weather/current', ['data', 'weather', 'current']],
    ['y:data/weather', ['data', 'weather']],
    ['data/a.b/c', ['data', 'a.b', 'c']],
    ['data/a~1b/~0c', ['data', 'a/b', '~c']],
    // In this order only: first the slash, then the tilde.
    ['data/~01', ['data', '~1']],
    ['runtime/skills/weather_skill/x', ['runtime', 'skills', 'weather_skill', 'x']],
  ])('%s has its segments and comes back', (text, segments) => {
    expect(readPath(text)).toEqual(segments);
    expect(readPath(pathText(segments))).toEqual(segments);
  });

  test.each([
    ['', 'nothing'],
    ['data', 'a root alone'],
    ['/data/x', 'no root'],
    ['data//x', 'an empty segment'],
    ['data/x/', 'an empty end'],
    ['data/x~2', 'an escape there is none of'],
    ['data/x~', 'an escape cut short'],
    ['weather.current', 'a slot'],
    [`data/${'x'.repeat(2_000)}`, 'too much'],
  ])('%s is refused: %s', (text) => {
    expect(() => readPath(text)).toThrow(AddressError);
  });

  test('what begins with no root is a slot', () => {
    expect(['data/x', 'y:data/x', 'devices/d1', 'ui/application/modals'].every(isPath)).toBe(true);
    expect(['data', 'weather', 'weather/current', 'Data/x', ''].some(isPath)).toBe(false);
  });
});

describe('where a path is looked for', () => {
  const texts = (path: string, node = 'kitchen') => placesOf(readPath(path), node).map(pathText);

  test.each(['data/weather/current', 'data/browsers', 'data/skills/profile', 'data/nodes.x'])(
    '%s: in the branch of the node, then in the shared one',
    (path) => {
      expect(texts(path)).toEqual([path.replace('data/', 'data/nodes/kitchen/'), path]);
    },
  );

  test('the writing side has the same shared branches', () => {
    const rules = readFileSync(
      '../../../../shared-contracts/src/main/java/io/adaos/hub/contracts/rules/DocumentBranches.java',
      'utf8',
    );
    const [, list = ''] = /SHARED_DATA = Set\.of\(([^)]*)\)/.exec(rules) ?? [];
    const branches = [...list.matchAll(/"(\w+)"/g)].map(([, branch]) => branch);
    expect(branches.length).toBeGreaterThan(10);
    for (const branch of branches) expect(texts(`data/${branch}/x`)).toHaveLength(1);
    expect(branches.sort()).toEqual([...SHARED].sort());
  });

  test.each([
    'data/adaos_connect',
    'data/catalog/apps',
    'data/desktop/toasts',
    'data/devices/d1',
    'data/installed/apps',
    'data/nlu/x',
    'data/nlu_teacher',
    'data/routing/x',
    'data/scenarios/x',
    'data/tts/x',
    'data/webio/receivers',
    'data/webspaces/items',
  ])('%s is shared by all nodes', (path) => {
    expect(texts(path)).toEqual([path]);
  });

  test.each([
    'data/nodes/garden/weather',
    'devices/d1/presence',
    'ui/application/modals',
    'runtime/operations',
    'registry/merged',
  ])('%s is where it says', (path) => {
    expect(texts(path)).toEqual([path]);
  });

  test('without a node only the shared branch is asked', () => {
    expect(texts('data/weather', '')).toEqual(['data/weather']);
  });
});
