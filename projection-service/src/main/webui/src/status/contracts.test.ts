import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readShellStatus, readStatus } from './contracts';

const GOLDEN = '../../../../shared-contracts/src/test/resources/golden/webspace-status.json';
const golden = (): Record<string, unknown> =>
  JSON.parse(readFileSync(GOLDEN, 'utf8')) as Record<string, unknown>;

describe('the answer of the hub', () => {
  test('is read whole', () => {
    const status = readStatus(golden(), 'desktop');
    expect(status).toMatchObject({
      connectivity: [
        { kind: 'hub_root', scopeId: 'hub', transport: 'unknown', transition: 'disabled' },
        { kind: 'browser_control_route', transport: 'ready', servedBy: 'runtime', planned: null },
      ],
      stateSync: {
        transport: 'attached',
        firstSync: 'complete',
        semantic: 'ready',
        freshness: 'fresh',
        fallback: 'off',
        replay: 'snapshot_plus_diff 3/1000',
        blockers: [],
      },
      pressure: [
        {
          owner: 'skill:infrastate_skill',
          policy: 'throttle',
          reason: 'write_amplification',
          recentBytes: 167_296,
          throttledRoots: ['data'],
        },
        { owner: 'core:operations', policy: 'ok', reason: null },
      ],
      evidence: {
        generation: 14,
        sources: [
          { name: 'operations', state: 'following', ageMs: 420, sequence: 12 },
          { name: 'catalog', state: 'following', ageMs: 310, sequence: 7 },
          { name: 'installed', state: 'following' },
          { name: 'rules', state: 'pending' },
        ],
        sessions: { count: 2, acknowledged: 1, behind: 0, plain: 1, oldestUnprovenMs: 0 },
        room: { live: true, log: true, blockers: [] },
        snapshotFallbackTotal: 0,
      },
    });
    expect(status?.stateSync.lastGoodSyncAt?.getTime()).toBe(1_795_292_400_000);
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['another webspace', { ...golden(), webspace_id: 'kitchen' }],
    ['no state', { ...golden(), state_sync: 'fresh' }],
    ['no connectivity', { ...golden(), connectivity: {} }],
    ['no pressure', { ...golden(), yjs_pressure: null }],
  ])('%s is no answer', (_case, body) => {
    expect(readStatus(body, 'desktop')).toBeNull();
  });

  test('a word that nobody knows is none, and never a good one', () => {
    const sync = golden()['state_sync'] as object;
    const odd = { ...golden(), state_sync: { ...sync, freshness_state: 'FRESH', semantic_state: 1 } };
    expect(readStatus(odd, 'desktop')?.stateSync).toMatchObject({
      freshness: null,
      semantic: null,
      firstSync: 'complete',
    });
  });

  test('evidence that is missing proves nothing', () => {
    const bare = { ...golden(), evidence: 5 };
    expect(readStatus(bare, 'desktop')?.evidence).toMatchObject({
      generation: null,
      sources: [],
      room: { live: false, log: false },
    });
  });
});

test('the document says nothing, or its words', () => {
  expect(readShellStatus(undefined)).toEqual({ stateSync: null, policy: null });
  expect(readShellStatus('fresh')).toEqual({ stateSync: null, policy: null });
  expect(
    readShellStatus({
      state_sync: { freshness_state: 'aging' },
      yjs_pressure: { policy_state: 'warn' },
    }),
  ).toMatchObject({ stateSync: { freshness: 'aging', semantic: null }, policy: 'warn' });
});
