import { describe, expect, test } from 'vitest';
import {
  backOff,
  closed,
  connecting,
  FRESH_LINK,
  heard,
  type Link,
  linkState,
  synced,
} from './link';

const gone = { code: 1006, reason: '' };
const liveAt = (now: number): Link => synced(connecting(FRESH_LINK), now);

describe('what the connection says', () => {
  test.each([
    [0, 'live'],
    [4_999, 'live'],
    [5_000, 'aging'],
    [9_999, 'aging'],
    [10_000, 'stale'],
    [60_000, 'stale'],
  ])('a synced link silent for %i ms is %s', (silence, state) => {
    expect(linkState(liveAt(1_000), 1_000 + silence)).toBe(state);
  });

  test('a generation heard makes it live again', () => {
    expect(linkState(heard(liveAt(0), 12_000), 12_001)).toBe('live');
  });

  test('the first try is connecting, every later one is offline', () => {
    expect(linkState(FRESH_LINK, 0)).toBe('connecting');
    const lost = closed(FRESH_LINK, gone, 0, 0.5);
    expect(linkState(lost, 0)).toBe('offline');
    expect(linkState(connecting(lost), 0)).toBe('offline');
  });

  test('a lost link is never shown as live before it is synced again', () => {
    const again = connecting(closed(liveAt(0), gone, 100, 0.5));
    expect(linkState(again, 101)).toBe('offline');
    expect(linkState(heard(again, 102), 103)).toBe('offline');
    expect(linkState(synced(again, 104), 105)).toBe('live');
  });
});

describe('what a closed socket means', () => {
  test.each([4400, 4401, 4403, 4404])('%i is final', (code) => {
    const refused = closed(liveAt(0), { code, reason: 'why' }, 1, 0.5);
    expect(linkState(refused, 1)).toBe('refused');
    expect(refused.refusal).toEqual({ code, reason: 'why' });
    expect(refused.retryAt).toBeNull();
  });

  test.each([1000, 1006, 1009, 1012, 1013, 4408])('%i is tried again soon', (code) => {
    const lost = closed(liveAt(0), { code, reason: '' }, 1, 1);
    expect(lost.phase).toBe('waiting');
    expect(lost.retryAt).toBeLessThanOrEqual(501);
  });

  test('4429 waits for the block to end', () => {
    expect(closed(liveAt(0), { code: 4429, reason: '' }, 1, 1).retryAt).toBe(30_001);
  });

  test('the back-off doubles to its bound, half of it random', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => backOff(attempt, 1))).toEqual([
      250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000,
    ]);
    expect(backOff(3, 0)).toBe(500);
  });

  test('a link that lived starts the back-off over, a flapping one does not', () => {
    const tired: Link = { ...connecting(FRESH_LINK), attempt: 7 };
    expect(closed(synced(tired, 0), gone, 5_000, 1).attempt).toBe(1);
    expect(closed(synced(tired, 0), gone, 4_999, 1).attempt).toBe(8);
  });
});
