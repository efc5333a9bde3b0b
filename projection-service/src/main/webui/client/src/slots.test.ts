import { expect, test } from 'vitest';
import { slotsOf } from './slots';

test('both forms of a declaration are read, the first of a slot counts', () => {
  const slots = slotsOf({
    data_projections: [
      {
        scope: 'subnet',
        slot: 'weather.snapshot',
        targets: [
          { backend: 'kv', path: 'profile' },
          { backend: 'yjs', path: 'data/weather' },
        ],
      },
      { slot: 'weather.snapshot', targets: [{ backend: 'yjs', path: 'data/other' }] },
    ],
    runtime: { yjs: { projections: [{ id: 'weather.current', path: 'data/weather/current' }] } },
  });
  expect([...slots]).toEqual([
    ['weather.snapshot', 'data/weather'],
    ['weather.current', 'data/weather/current'],
  ]);
});

test.each([
  ['no object', null],
  ['lists that are none', { data_projections: {}, runtime: { yjs: { projections: 3 } } }],
  ['entries that are none', { data_projections: [null, 'x', { slot: 's', targets: 'y' }] }],
  ['a slot without a name', { data_projections: [{ targets: [{ backend: 'yjs', path: 'data/x' }] }] }],
  ['a path without a root', { runtime: { yjs: { projections: [{ id: 's', path: 'x/y' }] } } }],
])('%s declares nothing', (_case, manifest) => {
  expect(slotsOf(manifest).size).toBe(0);
});
