import { describe, expect, test } from 'vitest';
import { includes, keepInstalled, matches, readListing, vanished } from './listing';
import { type MarketplaceRow, readRow } from './row';

const row = (id: string): MarketplaceRow =>
  readRow({
    kind: 'skill',
    id,
    title: id,
    version: '1.0.0',
    status: 'installable',
    install_action: {},
    tags: ['home'],
  })!;
const rows = (ids: string) => [...ids].map(row);
const ids = (some: readonly MarketplaceRow[]) => some.map(({ id }) => id).join('');
const keys = (some: string) => new Set([...some].map((id) => `skill:${id}`));

describe('rows installed while the dialog is open', () => {
  test.each([
    ['abcd', 'acd', 'b', 'abcd'],
    ['abcd', 'bcd', 'a', 'abcd'],
    ['abcd', 'abc', 'd', 'abcd'],
    ['abcd', 'd', 'bc', 'bcd'],
    ['abcd', 'axcd', 'b', 'abxcd'],
    ['abcd', '', 'ad', 'ad'],
    ['abcd', 'abcd', 'b', 'abcd'],
    ['abcd', 'ad', '', 'ad'],
  ])('shown %s, listed %s, installed %s: shown %s', (before, listed, installed, after) => {
    expect(ids(keepInstalled(rows(before), rows(listed), keys(installed)))).toBe(after);
  });

  test('they are shown as installed, to be uninstalled at most', () => {
    const [kept] = keepInstalled(rows('a'), [], keys('a'));
    expect(kept).toMatchObject({
      status: 'installed',
      installedVersion: '1.0.0',
      offers: { install: false, update: false, uninstall: true },
    });
  });

  test('what vanished is what was shown and is not listed', () => {
    expect(ids(vanished(rows('abc'), rows('bd')))).toBe('ac');
  });
});

describe('an answer of the marketplace', () => {
  test('is read with its total; rows it cannot read are left out', () => {
    const listing = readListing({
      items: [{ kind: 'skill', id: 'a', status: 'installable' }, 'x'],
      total: 7,
    });
    expect(ids(listing.rows)).toBe('a');
    expect(listing.total).toBe(7);
  });

  test('names the sources it has lost', () => {
    expect(
      readListing({
        sources: { registry: { state: 'stale' }, operations: { state: 'fresh' } },
      }).staleSources,
    ).toEqual(['registry']);
  });

  test('says what of its sources it includes', () => {
    const { positions } = readListing({
      sources: { registry: { epoch: 'e', sequence: 7 }, operations: { sequence: 'x' } },
    });
    const registry = positions.get('registry');
    expect(includes(registry, { epoch: 'e', sequence: 7 })).toBe(true);
    expect(includes(registry, { epoch: 'e', sequence: 8 })).toBe(false);
    expect(includes(registry, { epoch: 'f', sequence: 1 })).toBe(false);
    expect(includes(positions.get('operations'), { epoch: '', sequence: 1 })).toBe(false);
    expect(includes(positions.get('other'), { epoch: '', sequence: 0 })).toBe(false);
  });

  test.each([[null], ['x'], [{}], [{ items: 'x', sources: [] }]])('%j is an empty one', (body) => {
    expect(readListing(body)).toEqual({
      rows: [],
      total: 0,
      staleSources: [],
      positions: new Map(),
    });
  });
});

test('a kept row is searched by all words, in any text it shows', () => {
  expect(matches(row('weather'), 'WEATH home')).toBe(true);
  expect(matches(row('weather'), 'weather office')).toBe(false);
});
