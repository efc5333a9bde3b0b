import { describe, expect, test } from 'vitest';
import {
  ATTACHMENT,
  type Connectivity,
  FIRST_SYNC,
  FRESHNESS,
  readShellStatus,
  SEMANTIC,
  type Source,
  type StateSync,
  type WebspaceStatus,
} from './contracts';
import { type Known, lineOf, type Surface, sourceTrust, type Trust, trustOf } from './verdict';

const WELL: StateSync = {
  transport: 'attached',
  firstSync: 'complete',
  semantic: 'ready',
  freshness: 'fresh',
  fallback: 'off',
  lastGoodSyncAt: null,
  lastMaterializationAt: null,
  replay: '',
  blockers: [],
};
const SILENT_SHELL = readShellStatus(undefined);

const source = (name: Source['name'], ageMs: number | null, state: Source['state'] = 'following') =>
  ({ name, state, ageMs, sequence: 1 }) as const;

function status(sync: Partial<StateSync> = {}, over: Partial<WebspaceStatus> = {}): WebspaceStatus {
  return {
    connectivity: [],
    stateSync: { ...WELL, ...sync },
    pressure: [],
    evidence: {
      generation: 3,
      sources: [source('operations', 100), source('catalog', 100), source('installed', 100)],
      sessions: { count: 1, acknowledged: 1, behind: 0, plain: 0, oldestUnprovenMs: 0 },
      room: { live: true, log: true, blockers: [] },
      snapshotFallbackTotal: 0,
    },
    ...over,
  };
}

function known(said: WebspaceStatus | null, over: Partial<Known> = {}): Known {
  const report = {
    status: said,
    answeredAt: said && new Date(),
    heard: said ? 'current' : 'never',
    problem: null,
  } as const;
  return { link: 'live', shell: SILENT_SHELL, report, ...over };
}

const unanswered = (said: WebspaceStatus | null, heard: Known['report']['heard']): Known => ({
  ...known(said),
  report: {
    ...known(said).report,
    heard,
    problem: {
      status: 503,
      code: 'x',
      detail: '',
      remedy: '',
      retryable: true,
      errors: [],
      correlationId: '',
    },
  },
});

describe('the state', () => {
  test('is fresh only when the contract says so, of late, through a proven document', () => {
    const links = ['connecting', 'live', 'aging', 'stale', 'offline', 'refused'] as const;
    const heards = ['never', 'current', 'late', 'lost'] as const;
    let fresh = 0;
    for (const freshness of [...FRESHNESS, null])
      for (const semantic of [...SEMANTIC, null])
        for (const firstSync of [...FIRST_SYNC, null])
          for (const transport of [...ATTACHMENT, null])
            for (const link of links)
              for (const heard of heards) {
                const said = known(status({ freshness, semantic, firstSync, transport }), { link });
                said.report = { ...said.report, heard };
                const line = lineOf(said);
                const isWell =
                  freshness === 'fresh' &&
                  semantic === 'ready' &&
                  firstSync === 'complete' &&
                  transport === 'attached' &&
                  link === 'live' &&
                  heard === 'current';
                expect(line.state === 'fresh').toBe(isWell);
                expect(line.overall === 'live').toBe(isWell);
                if (isWell) fresh++;
              }
    expect(fresh).toBe(1);
  });

  test.each<[string, Known, Trust]>([
    ['nobody has answered', known(null), 'unknown'],
    ['the contract ages', known(status({ freshness: 'aging' })), 'aging'],
    ['the contract is stale', known(status({ freshness: 'stale' })), 'stale'],
    ['a source is behind', known(status({ semantic: 'degraded' })), 'aging'],
    ['a source is lost', known(status({ semantic: 'stale' })), 'stale'],
    ['not all was listed yet', known(status({ firstSync: 'pending' })), 'aging'],
    ['not all could be listed', known(status({ firstSync: 'timeout' })), 'stale'],
    ['the document cannot be opened', known(status({ transport: 'disconnected' })), 'stale'],
    ['a word is not understood', known(status({ freshness: null })), 'unknown'],
    ['one question was not answered', unanswered(status(), 'current'), 'aging'],
    ['the answer is late', unanswered(status(), 'late'), 'aging'],
    ['no answer for long', unanswered(status(), 'lost'), 'unknown'],
    ['no answer for long to what was old then', unanswered(status({ freshness: 'stale' }), 'lost'), 'stale'],
  ])('when %s', (_case, said, trust) => {
    expect(lineOf(said).state).toBe(trust);
  });

  test('the document may know of a change before the answer does', () => {
    const words = {
      transport_state: 'degraded',
      first_sync_state: 'complete',
      semantic_state: 'stale',
      freshness_state: 'stale',
    };
    const shell = readShellStatus({ state_sync: words, yjs_pressure: { policy_state: 'block' } });
    expect(lineOf(known(status(), { shell }))).toMatchObject({ state: 'stale', pressure: 'block' });
  });
});

describe('the three answers are apart', () => {
  test('a control path that is ready with a state that is stale', () => {
    const sources = [source('operations', 17_000, 'lost'), source('catalog', 1), source('installed', 1)];
    const said = status({ freshness: 'stale', semantic: 'stale' });
    const line = lineOf(known({ ...said, evidence: { ...said.evidence, sources } }));
    expect(line).toEqual({
      route: 'ready',
      ownRoute: 'ready',
      state: 'stale',
      pressure: 'ok',
      overall: 'stale',
      doubt: 'operationsStale',
    });
  });

  test('a writer that is refused with a state that is fresh', () => {
    const row = { policy: 'block' } as WebspaceStatus['pressure'][number];
    expect(lineOf(known(status({}, { pressure: [row] })))).toMatchObject({
      route: 'ready',
      state: 'fresh',
      pressure: 'block',
      overall: 'live',
      doubt: null,
    });
  });

  test.each([
    ['connecting', 'connecting'],
    ['aging', 'degraded'],
    ['stale', 'degraded'],
    ['offline', 'disconnected'],
    ['refused', 'refused'],
  ] as const)('a link that is %s is a route that is %s', (link, route) => {
    expect(lineOf(known(status(), { link })).route).toBe(route);
  });

  const node = (over: Partial<Connectivity>): Connectivity => ({
    kind: 'member_hub',
    scopeId: 'kitchen',
    transport: 'ready',
    transition: 'ready',
    planned: null,
    blockers: [],
    servedBy: 'runtime',
    ...over,
  });

  test.each<[string, Partial<Connectivity>, string]>([
    ['is heard', {}, 'ready'],
    ['is not heard', { transport: 'disconnected', transition: 'reconnecting' }, 'degraded'],
    ['has announced to go', { planned: 'core_update' }, 'planned'],
    ['is switched off', { transport: 'unknown', transition: 'disabled' }, 'ready'],
    ['is the page of somebody else', { kind: 'browser_control_route', transport: 'disconnected' }, 'ready'],
  ])('a node that %s', (_case, over, route) => {
    const said = status({}, { connectivity: [node(over)] });
    expect(lineOf(known(said))).toMatchObject({ route, ownRoute: 'ready', state: 'fresh' });
  });

  test('what nobody answers of late is not known, and an unknown word is not ok', () => {
    expect(lineOf(known(null)).pressure).toBeNull();
    expect(lineOf(unanswered(status(), 'lost')).pressure).toBeNull();
    const odd = { policy: null } as WebspaceStatus['pressure'][number];
    expect(lineOf(known(status({}, { pressure: [odd] }))).pressure).toBeNull();
  });
});

describe('one part of the page', () => {
  const late = (operations: Source, catalog: Source, sync: Partial<StateSync> = {}): Known => {
    const said = status({ freshness: 'stale', semantic: 'stale', ...sync });
    const sources = [operations, catalog, source('installed', 100)];
    return known({ ...said, evidence: { ...said.evidence, sources } });
  };
  const all = (said: Known) =>
    (['operations', 'notifications', 'marketplace'] as Surface[]).map((part) => trustOf(part, said));

  test('is as old as what it rests on, and not as what others rest on', () => {
    expect(all(late(source('operations', 100), source('catalog', 20_000)))).toEqual([
      'fresh',
      'fresh',
      'stale',
    ]);
    expect(all(late(source('operations', null, 'lost'), source('catalog', 100)))).toEqual([
      'stale',
      'stale',
      'fresh',
    ]);
  });

  test.each<[string, Known]>([
    ['nothing named explains the doubt', late(source('operations', 1), source('catalog', 1))],
    ['the document cannot be opened', late(source('operations', 1), source('catalog', 20_000), { transport: 'disconnected' })],
    ['its source is not spoken of', known(status({ freshness: 'stale' }, { evidence: { ...status().evidence, sources: [] } }))],
    ['this page is not connected', { ...late(source('operations', 1), source('catalog', 20_000)), link: 'offline' }],
  ])('is as old as the whole when %s', (_case, said) => {
    expect(all(said)).toEqual(['stale', 'stale', 'stale']);
  });

  test('is never better than this page has proven', () => {
    const said = { ...late(source('operations', 1), source('catalog', 20_000)), link: 'aging' } as const;
    expect(all(said)).toEqual(['aging', 'aging', 'stale']);
    expect(all(unanswered(status(), 'lost'))).toEqual(['unknown', 'unknown', 'unknown']);
  });

  test('is as old as the whole when the document knows worse than the last answer', () => {
    const words = {
      transport_state: 'degraded',
      first_sync_state: 'complete',
      semantic_state: 'stale',
      freshness_state: 'stale',
    };
    const aging = { freshness: 'aging', semantic: 'ready' } as const;
    const said = late(source('operations', 14_800), source('catalog', 1), aging);
    expect(all(said)).toEqual(['aging', 'aging', 'fresh']);
    said.shell = readShellStatus({ state_sync: words });
    expect(all(said)).toEqual(['stale', 'stale', 'stale']);
  });

  test('without the log nothing is better than the whole', () => {
    const said = late(source('operations', 1), source('catalog', 20_000));
    said.report.status!.evidence.room.log = false;
    expect(all(said)).toEqual(['stale', 'stale', 'stale']);
    expect(lineOf(said).doubt).toBe('logUnavailable');
  });
});

test.each<[Source, Trust]>([
  [source('operations', 4_999), 'fresh'],
  [source('operations', 5_000), 'aging'],
  [source('operations', 14_999), 'aging'],
  [source('operations', 15_000), 'stale'],
  [source('operations', null), 'unknown'],
  [source('operations', 1, 'lost'), 'stale'],
  [source('operations', 1, 'listing'), 'aging'],
  [source('operations', 1, 'pending'), 'aging'],
  [source('operations', 1, null), 'unknown'],
])('a source like %j is %s', (said, trust) => {
  expect(sourceTrust(said)).toBe(trust);
});

test.each([
  [{ freshness: 'aging' }, source('operations', 6_000), 'operationsAging'],
  [{ freshness: 'aging' }, source('operations', 1), 'stateAging'],
  [{ freshness: 'stale' }, source('operations', 1), 'stateStale'],
  [{ freshness: 'fresh' }, source('operations', 1), null],
] as const)('the doubt of %j with %j is %s', (sync, operations, doubt) => {
  const said = status(sync);
  const evidence = { ...said.evidence, sources: [operations] };
  expect(lineOf(known({ ...said, evidence })).doubt).toBe(doubt);
});

test('the first question is no doubt while it is under way, and one when it failed', () => {
  expect(lineOf(known(null)).doubt).toBeNull();
  expect(lineOf(unanswered(null, 'never')).doubt).toBe('statusUnknown');
});
