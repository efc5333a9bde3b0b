// FOR DEVELOPMENT AND TESTS OF THE PANEL ONLY: what the made-up hub says of itself.
import { createHash } from 'node:crypto';

const NOTHING_PLANNED = { active: false, reason: null };

/** Set by POST /mock/status?name=value: a source's name gives its age in ms, and the words below. */
export const told = { operations: 400, catalog: 300, installed: 400, log: 'ok', owner: 'ok', silent: '' };

const freshnessOf = (age) => (age < 5_000 ? 'fresh' : age < 15_000 ? 'aging' : 'stale');
const worst = (...words) => ['stale', 'aging', 'fresh'].find((word) => words.includes(word));

function stateSync() {
  const ages = ['operations', 'catalog', 'installed'].map((name) => Number(told[name]));
  const freshness = worst(...ages.map(freshnessOf));
  const lost = ages.some((age) => age >= 15_000);
  const late = ages.some((age) => age >= 5_000);
  const now = Date.now() / 1000;
  return {
    webspace_id: 'desktop',
    transport_state: lost || told.log !== 'ok' ? 'degraded' : 'attached',
    first_sync_state: 'complete',
    semantic_state: lost ? 'stale' : late || told.log !== 'ok' ? 'degraded' : 'ready',
    freshness_state: freshness,
    last_good_sync_at: freshness === 'fresh' ? now : now - Math.max(...ages) / 1000,
    last_materialization_at: now - 1.25,
    replay: { mode: 'snapshot_plus_diff', cursor: '3/1000' },
    fallback_mode: 'off',
    blockers: [...(lost ? ['source_lost:operations'] : []), ...(told.log === 'ok' ? [] : ['log_unavailable'])],
  };
}

function pressure(owner, policy, bytes) {
  const reason = policy === 'ok' ? null : 'write_amplification';
  return {
    webspace_id: 'desktop',
    owner,
    direct_yjs_write: false,
    recent_bytes: bytes,
    recent_writes: policy === 'ok' ? 3 : 120,
    peak_bps: bytes / 2,
    peak_wps: policy === 'ok' ? 1 : 70,
    policy_state: policy,
    target: 'primary_shared_doc',
    reason,
    blocked_roots: policy === 'block' ? ['data'] : [],
    throttled_roots: policy === 'throttle' ? ['data'] : [],
    counters: { attempted_total: 7, allowed_total: 6, throttled_total: 1, blocked_total: 0 },
  };
}

const actor = (kind, scope_id, transport_state, transition_state, served_by) => ({
  kind,
  scope_id,
  transport_state,
  transition_state,
  planned_transition: NOTHING_PLANNED,
  blockers: [],
  served_by,
});

/** The answer of `GET /v1/webspaces/desktop/status`. */
export function status(room) {
  const source = (name) => ({
    name,
    state: Number(told[name]) < 15_000 ? 'following' : 'lost',
    age_ms: Number(told[name]),
    sequence: 12,
  });
  const body = {
    webspace_id: 'desktop',
    at: Date.now() / 1000,
    connectivity: [
      actor('hub_root', 'hub', 'unknown', 'disabled', null),
      actor('browser_control_route', 's-4f2a', 'ready', 'ready', 'runtime'),
    ],
    state_sync: stateSync(),
    yjs_pressure: [
      pressure('skill:infrastate_skill', told.owner, told.owner === 'ok' ? 4_196 : 1_672_960),
      pressure('core:operations', 'ok', 912),
    ],
    evidence: {
      generation: room.generation,
      sources: [source('operations'), source('catalog'), source('installed'), source('rules')],
      sessions: { count: 2, acknowledged: 1, behind: 0, plain: 1, oldest_unproven_ms: 12 },
      room: { live: true, log: told.log === 'ok', blockers: [] },
      snapshot_fallback_total: 0,
    },
  };
  return { body, etag: tagOf(body) };
}

/** What the document carries for shells: words only. */
export function shellStatus() {
  const { transport_state, first_sync_state, semantic_state, freshness_state, fallback_mode } = stateSync();
  return {
    state_sync: { transport_state, first_sync_state, semantic_state, freshness_state, fallback_mode },
    yjs_pressure: { policy_state: told.owner },
    connectivity: { 'hub_root/hub': { transport_state: 'unknown', transition_state: 'disabled' } },
  };
}

function tagOf(body) {
  const words = JSON.stringify(body, (name, value) =>
    /^(at|age_ms|.*_at|oldest_unproven_ms)$/.test(name) ? undefined : value,
  );
  return `"${createHash('sha256').update(words).digest('hex').slice(0, 16)}"`;
}
