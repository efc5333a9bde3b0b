// The judge of the fault sampler: it names what was said wrongly, and nothing else.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Tab } from '../lib/tabs.mjs';
import { judgeShown, judgeStatus, lagAtLeast, lagAtMost } from '../lib/truth.mjs';

const published = [
  { n: 1, sentAt: 100, answeredAt: 110, generation: 1 },
  { n: 2, sentAt: 1_000, answeredAt: 1_020, generation: 2 },
  { n: 3, sentAt: 1_500 },
  { n: 4, sentAt: 2_000, answeredAt: 2_030, generation: 4 },
];

/** A tab that is connected from the beginning and has seen 1. */
function tabThatSaw(...seen) {
  const tab = new Tab('t', 'w');
  tab.take(0, 'open');
  tab.take(120, 'saw', 1);
  seen.forEach(([at, n]) => tab.take(at, 'saw', n));
  return tab;
}

function judged({ at, tab = tabThatSaw(), freshness = 'fresh', semantic = 'ready', generation = 4, stops = [] }) {
  return judgeStatus({
    webspace: 'w', from: at, to: at + 10,
    status: {
      state_sync: { freshness_state: freshness, semantic_state: semantic }, evidence: { generation },
    },
  }, { tabs: [tab], publishedOf: () => published, stops });
}

describe('what is said of a document, and what is so', () => {
  test('a lag counts from the answer at least, from the request at most', () => {
    assert.equal(lagAtLeast(tabThatSaw(), published, { from: 5_000, to: 5_010 }), 3_980);
    assert.equal(lagAtMost(tabThatSaw(), published, { from: 5_000, to: 5_010 }), 4_010);
    assert.equal(lagAtLeast(tabThatSaw([5_005, 4]), published, { from: 5_000, to: 5_010 }), 0);
    assert.equal(lagAtMost(tabThatSaw([5_005, 4]), published, { from: 5_000, to: 5_010 }), 4_010);
  });

  test('what was not answered is nothing that must have been seen', () => {
    assert.equal(lagAtLeast(tabThatSaw([1_100, 2]), published, { from: 1_900, to: 1_900 }), 0);
    assert.equal(lagAtMost(tabThatSaw([1_100, 2]), published, { from: 1_900, to: 1_900 }), 400);
  });

  test('fresh is wrong while a session lacks what is older than the bound', () => {
    assert.deepEqual(judged({ at: 4_000 }).wrongFresh, []);
    assert.match(judged({ at: 5_000 }).wrongFresh.join(), /session t lacks what is 3980 ms old/);
    assert.deepEqual(judged({ at: 5_000, freshness: 'aging' }).wrongFresh, []);
    assert.deepEqual(judged({ at: 5_000, tab: tabThatSaw([4_000, 4]) }).wrongFresh, []);
  });

  test('a session that is behind, gone or new does not count', () => {
    const gone = tabThatSaw();
    gone.take(4_900, 'close', 1006);
    const fresh = tabThatSaw();
    fresh.take(4_000, 'close', 1006);
    fresh.take(4_100, 'open');
    assert.deepEqual(judged({ at: 12_000 }).wrongFresh, []);
    assert.deepEqual(judged({ at: 5_000, tab: gone }).wrongFresh, []);
    assert.deepEqual(judged({ at: 5_000, tab: fresh }).wrongFresh, []);
    assert.equal(judged({ at: 8_000, tab: fresh }).wrongFresh.length, 1);
  });

  test('a generation that was answered must be known', () => {
    assert.match(judged({ at: 2_100, generation: 3 }).wrongFresh.join(), /generation 3, 4 was answered/);
    assert.deepEqual(judged({ at: 2_020, generation: 3 }).wrongFresh, []);
  });

  test('a source that is silent for too long is neither fresh nor ready', () => {
    const all = tabThatSaw([2_050, 4]);
    const stops = [{ what: 'operations', from: 10_000, to: 30_000 }];
    const at = (moment, said) => judged({ at: moment, tab: all, stops, ...said }).wrongFresh.length;
    assert.equal(at(16_000), 0);
    assert.equal(at(17_000), 1);
    assert.equal(at(17_000, { freshness: 'aging' }), 0);
    assert.equal(at(27_000, { freshness: 'aging' }), 1);
    assert.equal(at(27_000, { freshness: 'stale', semantic: 'ready' }), 1);
    assert.equal(at(27_000, { freshness: 'stale', semantic: 'stale' }), 0);
    assert.equal(at(31_000), 0);
  });

  test('stale is wrong when nothing is broken and everybody has all', () => {
    const all = tabThatSaw([2_050, 4]);
    const stops = [{ what: 'postgres', from: 10_000, to: 20_000 }];
    const stale = (moment) => judged({ at: moment, tab: all, stops, freshness: 'stale' }).wrongStale;
    assert.deepEqual([9_000, 15_000, 25_000, 33_000].map(stale), [true, false, false, true]);
    assert.equal(judged({ at: 4_000, freshness: 'aging' }).wrongStale, false);
  });

  test('what a tab shows is judged by its own bounds', () => {
    const lacks = tabThatSaw();
    const all = tabThatSaw([2_050, 4]);
    const of = (tab, at, state) => judgeShown(tab, { at, state }, published);
    assert.equal(of(lacks, 7_000, 'live').wrongFresh.length, 0);
    assert.equal(of(lacks, 8_000, 'live').wrongFresh.length, 1);
    assert.equal(of(lacks, 8_000, 'aging').wrongFresh.length, 0);
    assert.equal(of(lacks, 13_000, 'aging').wrongFresh.length, 1);
    assert.equal(of(lacks, 13_000, 'stale').wrongFresh.length, 0);
    assert.equal(of(lacks, 13_000, 'offline').wrongFresh.length, 0);
    assert.equal(of(all, 8_000, 'stale').wrongStale, true);
    assert.equal(of(all, 8_000, 'offline').wrongStale, false);
    assert.equal(of(lacks, 8_000, 'stale').wrongStale, false);
    const stops = [{ what: 'operations', from: 7_000, to: 9_000 }];
    assert.equal(judgeShown(all, { at: 8_000, state: 'stale' }, published, stops).wrongStale, false);
  });
});
