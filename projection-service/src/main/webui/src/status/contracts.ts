import { type Foreign, isObject, list, number, text, texts } from '../ui/foreign';

/*
 * The three contracts and what proves them, as `GET /v1/webspaces/{ws}/status` gives them. The
 * lists of words are closed. A word that is in none of them becomes null, which counts as doubt.
 */

export const FRESHNESS = ['fresh', 'aging', 'stale'] as const;
export const SEMANTIC = ['ready', 'degraded', 'stale'] as const;
export const FIRST_SYNC = ['pending', 'complete', 'timeout'] as const;
export const ATTACHMENT = ['attached', 'degraded', 'disconnected'] as const;
export const FALLBACK = ['off', 'one_shot_recovery', 'hard_degraded_recovery'] as const;
export const ACTOR = ['hub_root', 'member_hub', 'browser_control_route'] as const;
export const TRANSPORT = ['ready', 'degraded', 'disconnected', 'unknown'] as const;
export const TRANSITION = [
  'ready',
  'reconnecting',
  'waiting_restart',
  'restarting',
  'paused_for_update',
  'disabled',
] as const;
export const PLANNED = ['core_update', 'memory_pressure_critical', 'manual_restart'] as const;
export const POLICY = ['ok', 'warn', 'throttle', 'block'] as const;
export const PRESSURE_REASON = [
  'write_amplification',
  'broad_branch_rewrite',
  'repeated_reseed',
] as const;
export const SOURCE = ['operations', 'catalog', 'installed', 'rules'] as const;
export const SOURCE_STATE = ['pending', 'listing', 'following', 'lost'] as const;

export type Policy = (typeof POLICY)[number];
export type SourceName = (typeof SOURCE)[number];

/** Can this actor communicate at all? */
export interface Connectivity {
  kind: (typeof ACTOR)[number] | null;
  scopeId: string;
  transport: (typeof TRANSPORT)[number] | null;
  transition: (typeof TRANSITION)[number] | null;
  /** Why it is about to go; null when nothing is planned. */
  planned: (typeof PLANNED)[number] | null;
  blockers: readonly string[];
  servedBy: string;
}

/** Is the shared state of this webspace complete, correct and current? */
export interface StateSync {
  transport: (typeof ATTACHMENT)[number] | null;
  firstSync: (typeof FIRST_SYNC)[number] | null;
  semantic: (typeof SEMANTIC)[number] | null;
  freshness: (typeof FRESHNESS)[number] | null;
  fallback: (typeof FALLBACK)[number] | null;
  lastGoodSyncAt: Date | null;
  lastMaterializationAt: Date | null;
  /** How the room was restored and how far its log has grown; empty when it is not live. */
  replay: string;
  blockers: readonly string[];
}

/** What one owner wrote of late and what the hub does about it. */
export interface YjsPressure {
  owner: string;
  direct: boolean;
  recentBytes: number;
  recentWrites: number;
  peakBps: number;
  peakWps: number;
  policy: Policy | null;
  reason: (typeof PRESSURE_REASON)[number] | null;
  blockedRoots: readonly string[];
  throttledRoots: readonly string[];
}

export interface Source {
  name: SourceName;
  state: (typeof SOURCE_STATE)[number] | null;
  /** Since something was heard of it; null when nothing ever was. */
  ageMs: number | null;
  sequence: number | null;
}

export interface Sessions {
  count: number;
  acknowledged: number;
  behind: number;
  plain: number;
  oldestUnprovenMs: number;
}

export interface Evidence {
  /** The newest durable one; null while the room is not live. */
  generation: number | null;
  sources: readonly Source[];
  sessions: Sessions;
  room: { live: boolean; log: boolean; blockers: readonly string[] };
  snapshotFallbackTotal: number;
}

export interface WebspaceStatus {
  connectivity: readonly Connectivity[];
  stateSync: StateSync;
  /** The most severe first. */
  pressure: readonly YjsPressure[];
  evidence: Evidence;
}

/** Null when the answer is not about this webspace's three contracts. */
export function readStatus(body: unknown, webspace: string): WebspaceStatus | null {
  if (!isObject(body) || body['webspace_id'] !== webspace) return null;
  const sync = body['state_sync'];
  if (!isObject(sync)) return null;
  const { connectivity, yjs_pressure: pressure } = body;
  if (!Array.isArray(connectivity) || !Array.isArray(pressure)) return null;
  return {
    connectivity: connectivity.filter(isObject).map(readConnectivity),
    stateSync: readStateSync(sync),
    pressure: pressure.filter(isObject).map(readPressure),
    evidence: readEvidence(isObject(body['evidence']) ? body['evidence'] : {}),
  };
}

function readConnectivity(record: Foreign): Connectivity {
  const planned = record['planned_transition'];
  return {
    kind: word(ACTOR, record['kind']),
    scopeId: text(record['scope_id']),
    transport: word(TRANSPORT, record['transport_state']),
    transition: word(TRANSITION, record['transition_state']),
    planned:
      isObject(planned) && planned['active'] === true ? word(PLANNED, planned['reason']) : null,
    blockers: texts(record['blockers']),
    servedBy: text(record['served_by']),
  };
}

function readStateSync(record: Foreign): StateSync {
  const replay = isObject(record['replay']) ? record['replay'] : {};
  return {
    transport: word(ATTACHMENT, record['transport_state']),
    firstSync: word(FIRST_SYNC, record['first_sync_state']),
    semantic: word(SEMANTIC, record['semantic_state']),
    freshness: word(FRESHNESS, record['freshness_state']),
    fallback: word(FALLBACK, record['fallback_mode']),
    lastGoodSyncAt: epochSeconds(record['last_good_sync_at']),
    lastMaterializationAt: epochSeconds(record['last_materialization_at']),
    replay: [text(replay['mode']), text(replay['cursor'])].filter(Boolean).join(' '),
    blockers: texts(record['blockers']),
  };
}

function readPressure(record: Foreign): YjsPressure {
  return {
    owner: text(record['owner']),
    direct: record['direct_yjs_write'] === true,
    recentBytes: number(record['recent_bytes']),
    recentWrites: number(record['recent_writes']),
    peakBps: number(record['peak_bps']),
    peakWps: number(record['peak_wps']),
    policy: word(POLICY, record['policy_state']),
    reason: word(PRESSURE_REASON, record['reason']),
    blockedRoots: texts(record['blocked_roots']),
    throttledRoots: texts(record['throttled_roots']),
  };
}

function readEvidence(record: Foreign): Evidence {
  const sessions = isObject(record['sessions']) ? record['sessions'] : {};
  const room = isObject(record['room']) ? record['room'] : {};
  return {
    generation: count(record['generation']),
    sources: list(record['sources']).filter(isObject).flatMap(readSource),
    sessions: {
      count: number(sessions['count']),
      acknowledged: number(sessions['acknowledged']),
      behind: number(sessions['behind']),
      plain: number(sessions['plain']),
      oldestUnprovenMs: number(sessions['oldest_unproven_ms']),
    },
    room: {
      live: room['live'] === true,
      log: room['log'] === true,
      blockers: texts(room['blockers']),
    },
    snapshotFallbackTotal: number(record['snapshot_fallback_total']),
  };
}

function readSource(record: Foreign): Source[] {
  const name = word(SOURCE, record['name']);
  if (!name) return [];
  const state = word(SOURCE_STATE, record['state']);
  return [{ name, state, ageMs: count(record['age_ms']), sequence: count(record['sequence']) }];
}

/** The enum values that the document itself carries for shells; null where it says nothing. */
export interface ShellStatus {
  stateSync: Pick<StateSync, 'transport' | 'firstSync' | 'semantic' | 'freshness'> | null;
  policy: Policy | null;
}

/** What `runtime/status` says. */
export function readShellStatus(branch: unknown): ShellStatus {
  const sync = isObject(branch) && isObject(branch['state_sync']) ? branch['state_sync'] : null;
  const pressure = isObject(branch) && isObject(branch['yjs_pressure']) ? branch['yjs_pressure'] : {};
  return {
    stateSync: sync && readStateSync(sync),
    policy: word(POLICY, pressure['policy_state']),
  };
}

export function word<W extends string>(words: readonly W[], value: unknown): W | null {
  return words.find((known) => known === value) ?? null;
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function epochSeconds(value: unknown): Date | null {
  const at = new Date(typeof value === 'number' ? value * 1000 : NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}
