import type { LinkState } from 'hub-client';
import type {
  Connectivity,
  Policy,
  ShellStatus,
  SourceName,
  StateSync,
  WebspaceStatus,
} from './contracts';
import { POLICY } from './contracts';
import type { StatusView } from './status-watch';

/*
 * What the page shows in one word each, worked out from the three contracts, the enum values in
 * the document and this page's own clock. Nothing is kept, and doubt never reads as good: fresh
 * needs a contract that says so, confirmed of late, in a document that is proven to be current.
 */

/** The order is that of severity: what is known to be old is worse than what is not known. */
const TRUST = ['fresh', 'aging', 'unknown', 'stale'] as const;
export type Trust = (typeof TRUST)[number];

/** The word about the way from this page to the hub. */
export type Route = 'connecting' | 'ready' | 'degraded' | 'planned' | 'disconnected' | 'refused';

/** The line at the top of the page. */
export interface StatusLine {
  route: Route;
  /** The part of it that is this page's own, whatever nodes do. */
  ownRoute: Route;
  state: Trust;
  /** Null while nothing is known of it. */
  pressure: Policy | null;
  /** The one word for all of it; `live` only when the state is fresh. */
  overall: LinkState | 'unknown';
  /** Why a live connection does not mean a current state; null when nothing says so. */
  doubt: Doubt | null;
}

export type Doubt =
  | 'operationsAging'
  | 'operationsStale'
  | 'logUnavailable'
  | 'stateAging'
  | 'stateStale'
  | 'statusUnknown';

/** Everything the page knows. */
export interface Known {
  link: LinkState;
  shell: ShellStatus;
  report: StatusView;
}

/** A source that was silent for so long makes what rests on it age, then stale. */
const SOURCE_AGING_MS = 5_000;
const SOURCE_STALE_MS = 15_000;

/** What a part of the page shows, and the sources it rests on. */
export const SURFACES = {
  operations: ['operations'],
  notifications: ['operations'],
  marketplace: ['catalog', 'installed'],
} as const satisfies Record<string, readonly SourceName[]>;
export type Surface = keyof typeof SURFACES;

export function lineOf(known: Known): StatusLine {
  const { link, report } = known;
  const state = worst(ownTrust(link), statedTrust(known));
  const route = routeOf(link, report.status?.connectivity ?? []);
  const isHeard = report.heard === 'current' || report.heard === 'late';
  return {
    route,
    ownRoute: routeOf(link, []),
    state,
    pressure: isHeard ? worstPolicy(known) : null,
    overall: overallOf(link, state),
    doubt: link === 'live' ? doubtOf(known, state) : null,
  };
}

/** How far one part of the page can be trusted: by the sources it rests on. */
export function trustOf(surface: Surface, known: Known): Trust {
  const { link, shell, report } = known;
  const whole = worst(ownTrust(link), statedTrust(known));
  const { status } = report;
  if (whole !== 'aging' && whole !== 'stale') return whole;
  if (!status || ownTrust(link) === 'stale' || report.heard !== 'current') return whole;
  // The document already knows worse than the answer that names the sources.
  const answered = contractTrust(status.stateSync);
  if (shell.stateSync && worst(answered, contractTrust(shell.stateSync)) !== answered) return whole;
  if (roomTrust(status.stateSync, status.evidence.room.log) !== 'fresh') return whole;
  const names: readonly SourceName[] = SURFACES[surface];
  const sources = status.evidence.sources.filter(({ name }) => names.includes(name));
  // A source nobody speaks of is no proof.
  if (sources.length < names.length) return whole;
  // Nothing that is named explains the doubt: it holds for every part.
  if (status.evidence.sources.every((source) => sourceTrust(source) === 'fresh')) return whole;
  return worst(ownTrust(link), ...sources.map(sourceTrust));
}

/** What the link has proven by this page's clock; a link alone never makes anything fresh. */
function ownTrust(link: LinkState): Trust {
  switch (link) {
    case 'live':
      return 'fresh';
    case 'aging':
      return 'aging';
    case 'connecting':
      return 'unknown';
    case 'stale':
    case 'offline':
    case 'refused':
      return 'stale';
  }
}

/** What contract and document say, no better than the age of the answer allows. */
function statedTrust({ shell, report }: Known): Trust {
  const { status, heard, problem } = report;
  const stated = status ? contractTrust(status.stateSync) : 'unknown';
  const inDocument = shell.stateSync ? contractTrust(shell.stateSync) : 'fresh';
  return worst(stated, inDocument, answerTrust(heard), problem ? 'aging' : 'fresh');
}

function answerTrust(heard: StatusView['heard']): Trust {
  switch (heard) {
    case 'current':
      return 'fresh';
    case 'late':
      return 'aging';
    case 'never':
    case 'lost':
      return 'unknown';
  }
}

function contractTrust(sync: NonNullable<ShellStatus['stateSync']>): Trust {
  const { transport, firstSync, semantic, freshness } = sync;
  if (!transport || !firstSync || !semantic || !freshness) return 'unknown';
  return worst(
    freshness,
    semantic === 'ready' ? 'fresh' : semantic === 'degraded' ? 'aging' : 'stale',
    firstSync === 'complete' ? 'fresh' : firstSync === 'pending' ? 'aging' : 'stale',
    transport === 'attached' ? 'fresh' : transport === 'degraded' ? 'aging' : 'stale',
  );
}

/** What a room without its log shows is old, whatever its sources say. */
function roomTrust({ transport, firstSync }: StateSync, log: boolean): Trust {
  return log && transport !== 'disconnected' && firstSync === 'complete' ? 'fresh' : 'stale';
}

export function sourceTrust({ state, ageMs }: WebspaceStatus['evidence']['sources'][number]): Trust {
  switch (state) {
    case null:
      return 'unknown';
    case 'lost':
      return 'stale';
    case 'pending':
    case 'listing':
      return 'aging';
    case 'following':
      if (ageMs === null) return 'unknown';
      return ageMs < SOURCE_AGING_MS ? 'fresh' : ageMs < SOURCE_STALE_MS ? 'aging' : 'stale';
  }
}

function routeOf(link: LinkState, actors: readonly Connectivity[]): Route {
  if (link === 'connecting' || link === 'refused') return link;
  if (link === 'offline') return 'disconnected';
  if (link !== 'live') return 'degraded';
  const others = actors.filter(
    ({ kind, transition }) => kind !== 'browser_control_route' && transition !== 'disabled',
  );
  if (others.some(({ planned }) => planned !== null)) return 'planned';
  return others.some(({ transport }) => transport === 'degraded' || transport === 'disconnected')
    ? 'degraded'
    : 'ready';
}

/** Null when a row says something this page does not know and no other says worse than ok. */
function worstPolicy({ report, shell }: Known): Policy | null {
  const rows = (report.status?.pressure ?? []).map(({ policy }) => policy);
  const worstKnown = [...rows, shell.policy].reduce<Policy>(
    (worse, one) => (one && POLICY.indexOf(one) > POLICY.indexOf(worse) ? one : worse),
    'ok',
  );
  return worstKnown === 'ok' && rows.includes(null) ? null : worstKnown;
}

function overallOf(link: LinkState, state: Trust): StatusLine['overall'] {
  if (link !== 'live' && link !== 'aging') return link;
  return state === 'fresh' ? 'live' : state;
}

function doubtOf({ report }: Known, state: Trust): Doubt | null {
  // The first question is still under way.
  if (state === 'fresh' || (report.heard === 'never' && !report.problem)) return null;
  if (state === 'unknown') return 'statusUnknown';
  const evidence = report.status?.evidence;
  if (evidence && !evidence.room.log) return 'logUnavailable';
  const operations = evidence?.sources.find(({ name }) => name === 'operations');
  const silent = operations && sourceTrust(operations);
  if (silent === 'stale') return 'operationsStale';
  if (state === 'stale') return 'stateStale';
  return silent === 'aging' ? 'operationsAging' : 'stateAging';
}

export function worst(...some: Trust[]): Trust {
  return some.reduce((worse, one) => (TRUST.indexOf(one) > TRUST.indexOf(worse) ? one : worse));
}
