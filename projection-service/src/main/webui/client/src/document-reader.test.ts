import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { AddressError } from './address';
import { DocumentReader } from './document-reader';

let doc: Y.Doc;
let reader: DocumentReader;

beforeEach(() => {
  doc = new Y.Doc();
  reader = new DocumentReader(doc, { node: 'hub' });
});

const map = (entries: Record<string, unknown>) => new Y.Map(Object.entries(entries));
const data = () => doc.getMap('data');

/** The same content, as writers of different ages have left it. */
const FORMS: [string, (node: unknown, shared: unknown) => void][] = [
  [
    'plain JSON at once',
    (node, shared) => {
      data().set('nodes', { hub: { weather: node } });
      data().set('weather', shared);
    },
  ],
  [
    'shared types all the way',
    (node, shared) => {
      const wrap = (value: unknown) => map(value as Record<string, unknown>);
      data().set('nodes', map({ hub: map({ weather: wrap(node) }) }));
      data().set('weather', wrap(shared));
    },
  ],
  [
    'shared types above plain JSON',
    (node, shared) => {
      data().set('nodes', map({ hub: { weather: node } }));
      data().set('weather', map({ ...(shared as object) }));
    },
  ],
];

describe.each(FORMS)('%s', (_form, write) => {
  beforeEach(() => write({ current: { t: 3 } }, { current: { t: 9 }, daily: [1, { t: 2 }] }));

  test('the branch of the node is read first', () => {
    expect(reader.find('data/weather/current')).toEqual({
      path: 'data/nodes/hub/weather/current',
      value: { t: 3 },
    });
    expect(reader.read('data/weather')).toEqual({ current: { t: 3 } });
  });

  test('then the shared one', () => {
    expect(reader.find('data/weather/daily/1/t')).toEqual({
      path: 'data/weather/daily/1/t',
      value: 2,
    });
    const elsewhere = new DocumentReader(doc, { node: 'kitchen' });
    expect(elsewhere.read('data/weather/current/t')).toBe(9);
  });

  test('what is not there is not made up', () => {
    expect(reader.find('data/weather/tomorrow')).toBeNull();
    expect(reader.read('data/weather/current/t/x')).toBeUndefined();
    expect(reader.read('data/weather/daily/9')).toBeUndefined();
    expect(reader.read('data/weather/daily/-1')).toBeUndefined();
    expect(reader.read('data/constructor')).toBeUndefined();
    expect(reader.read('data/weather/current/constructor')).toBeUndefined();
  });
});

test("a skill's browsers are found where the node keeps them, the inventory where all do", () => {
  data().set('nodes', map({ hub: map({ browsers: ['b1'], devices: ['wrong'] }) }));
  data().set('devices', map({ d1: map({ kind: 'phone' }) }));
  doc.getMap('devices').set('d1', { meta: { kind: 'phone' } });
  expect(reader.read('data/browsers')).toEqual(['b1']);
  expect(reader.read('data/devices')).toEqual({ d1: { kind: 'phone' } });
  expect(reader.read('devices/d1/meta/kind')).toBe('phone');
});

test('a value of null is a value', () => {
  data().set('nodes', { hub: { weather: null } });
  data().set('weather', 5);
  expect(reader.find('data/weather')).toEqual({ path: 'data/nodes/hub/weather', value: null });
});

test('slots stand for their declared places, and no others are guessed', () => {
  data().set('nodes', map({ hub: map({ weather: map({ current: 7 }) }) }));
  data().set('skills', map({ 'ada/1': 'mine' }));
  const slots = new Map([
    ['weather.current', 'data/weather/current'],
    ['profile', 'data/skills/{user_id}'],
  ]);
  const mine = new DocumentReader(doc, { node: 'hub', user: 'ada/1', slots });
  expect(mine.read('weather.current')).toBe(7);
  expect(mine.read('profile')).toBe('mine');
  expect(() => mine.read('weather')).toThrow(AddressError);
  expect(() => mine.watch('')).toThrow(AddressError);
});

describe('watching', () => {
  test('tells changes of the value and of nothing else, and gives the same object till then', () => {
    data().set('weather', map({ current: map({ t: 1 }), wind: 2 }));
    const watched = reader.watch('data/weather/current');
    const heard = vi.fn();
    const stop = watched.subscribe(heard);
    const first = watched.current();
    expect(first).toEqual({ t: 1 });
    (data().get('weather') as Y.Map<unknown>).set('wind', 3);
    data().set('catalog', { apps: [] });
    expect(heard).not.toHaveBeenCalled();
    expect(watched.current()).toBe(first);
    ((data().get('weather') as Y.Map<unknown>).get('current') as Y.Map<unknown>).set('t', 4);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(watched.current()).toEqual({ t: 4 });
    stop();
    data().set('weather', { current: { t: 5 } });
    expect(heard).toHaveBeenCalledTimes(1);
    expect(watched.current()).toEqual({ t: 5 });
  });

  test('outlives fresh types in the place of old ones', () => {
    const by = () => map({ op_1: map({ progress: 1 }) });
    doc.getMap('runtime').set('operations', map({ by_id: by() }));
    const watched = reader.watch('runtime/operations/by_id/op_1');
    const heard = vi.fn();
    watched.subscribe(heard);
    const operations = () => doc.getMap('runtime').get('operations') as Y.Map<unknown>;
    operations().set('by_id', by());
    expect(heard).not.toHaveBeenCalled();
    (operations().get('by_id') as Y.Map<Y.Map<unknown>>).get('op_1')!.set('progress', 2);
    expect(watched.current()).toEqual({ progress: 2 });
    doc.getMap('runtime').set('operations', { by_id: { op_1: { progress: 3 } } });
    expect(watched.current()).toEqual({ progress: 3 });
    doc.getMap('runtime').delete('operations');
    expect(watched.current()).toBeUndefined();
    expect(heard).toHaveBeenCalledTimes(3);
  });

  test("moves to the node's branch when it appears and back when it goes", () => {
    data().set('weather', 'shared');
    const watched = reader.watch('data/weather');
    watched.subscribe(() => undefined);
    data().set('nodes', map({ hub: map({ weather: 'mine' }) }));
    expect(watched.current()).toBe('mine');
    (data().get('nodes') as Y.Map<unknown>).delete('hub');
    expect(watched.current()).toBe('shared');
  });
});

test('modals are found in the document whatever its form', () => {
  expect(reader.modal('voice')).toBeNull();
  doc.getMap('ui').set('application', {
    modals: { 'node:hub:voice': { title: 'Voice' }, voice: { title: 'Everybody' } },
  });
  expect(reader.modal('node:B:node:C:voice')?.definition).toEqual({ title: 'Voice' });
  const nested = map({ modals: map({ voice: map({ title: 'Everybody' }) }) });
  doc.getMap('ui').set('application', nested);
  expect(reader.modal('node:B:voice')?.definition).toEqual({ title: 'Everybody' });
});
