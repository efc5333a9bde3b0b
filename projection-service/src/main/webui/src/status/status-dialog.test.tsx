import { render, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import i18next from 'i18next';
import { describe, expect, test, vi } from 'vitest';
import { readStatus } from './contracts';
import { StatusDialog } from './status-dialog';
import type { StatusView } from './status-watch';
import { lineOf } from './verdict';

const MARKUP = '<img src=x onerror=alert(1)> {{t}}';

/** Everything is wrong, and every text that comes from elsewhere is markup. */
const WRONG = {
  webspace_id: 'desktop',
  connectivity: [
    {
      kind: 'member_hub',
      scope_id: MARKUP,
      transport_state: 'disconnected',
      transition_state: 'restarting',
      planned_transition: { active: true, reason: 'memory_pressure_critical' },
      blockers: [MARKUP],
      served_by: 'supervisor',
    },
    ...['ready', 'degraded', 'unknown'].map((transport_state, i) => ({
      kind: 'browser_control_route',
      scope_id: `s-${i}`,
      transport_state,
      transition_state: 'ready',
    })),
  ],
  state_sync: {
    transport_state: 'degraded',
    first_sync_state: 'timeout',
    semantic_state: 'stale',
    freshness_state: 'stale',
    last_good_sync_at: 1_795_292_400,
    fallback_mode: 'hard_degraded_recovery',
    blockers: ['log_set_aside'],
  },
  yjs_pressure: [
    {
      owner: 'skill:infrastate_skill',
      recent_bytes: 1_672_960,
      recent_writes: 120,
      peak_bps: 400_000,
      peak_wps: 70,
      policy_state: 'block',
      reason: 'repeated_reseed',
      blocked_roots: ['data', 'ui'],
      throttled_roots: [],
    },
    ...Array.from({ length: 10 }, (_, i) => ({ owner: `skill:s${i}`, policy_state: 'ok' })),
  ],
  evidence: {
    generation: 1_234,
    sources: [
      { name: 'operations', state: 'lost', age_ms: 17_400, sequence: 12 },
      { name: 'catalog', state: 'following', age_ms: 420 },
    ],
    sessions: { count: 3, acknowledged: 1, behind: 1, plain: 1, oldest_unproven_ms: 9_500 },
    room: { live: true, log: false, blockers: ['client_read_only'] },
    snapshot_fallback_total: 2,
  },
};

function show(body: unknown, over: Partial<StatusView> = {}) {
  const status = readStatus(body, 'desktop');
  const report: StatusView = {
    status,
    answeredAt: status && new Date(2026, 3, 7, 12, 34, 56),
    heard: status ? 'current' : 'never',
    problem: null,
    ...over,
  };
  const line = lineOf({ link: 'live', shell: { stateSync: null, policy: null }, report });
  const onRead = vi.fn();
  const props = { line, report, provenAt: null, onRead, onClose: () => undefined };
  const shown = render(<StatusDialog isOpen {...props} />);
  return { onRead, close: () => shown.rerender(<StatusDialog isOpen={false} {...props} />) };
}

const contract = (name: string) => screen.getByTestId(`contract-${name}`);
const violations = async () =>
  (await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })).violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html}`,
  );

test('each contract has its answer, and the evidence for it can be read', async () => {
  show(WRONG);
  expect(contract('route').dataset['answer']).toBe('planned');
  expect(contract('route').textContent).toContain('It announced a restart because memory runs out.');
  expect(contract('route').textContent).toContain('2 are not heard as they should be.');
  expect(contract('state').dataset['answer']).toBe('stale');
  const operations = within(contract('state')).getByTestId('sources').firstElementChild;
  expect(operations?.textContent).toBe('OperationslostLost. Heard of 17.4 sec ago. Fact no. 12.');
  expect(contract('state').textContent).toContain('The last good state is shown, read only.');
  const blockers = within(contract('state')).getByTestId('blockers').textContent;
  expect(blockers).toContain('log_set_aside A damaged part of the log was set aside');
  expect(blockers).toContain('client_read_only');
  expect(contract('state').textContent).toContain('Newest generation1,234');
  expect(contract('pressure').dataset['answer']).toBe('block');
  expect(screen.getByTestId('blocked-roots').textContent).toBe('Refused below: data, ui');
  expect(contract('pressure').textContent).toContain('1.7 MB, writes: 120');
  expect(contract('pressure').textContent).toContain('3 more owners');
  expect(await violations()).toEqual([]);
});

test('what strangers say is text', () => {
  show(WRONG);
  expect(contract('route').textContent).toContain(MARKUP);
  expect(document.querySelector('img')).toBeNull();
});

test('every word is explained in Russian, too', async () => {
  await i18next.changeLanguage('ru');
  show(WRONG);
  expect(contract('state').textContent).toContain('Источник потерян');
  expect(contract('pressure').textContent).toContain('Отклоняется, пока не успокоится.');
  const said = screen.getByTestId('status-dialog').textContent.replaceAll(MARKUP, '');
  // Words of the wire and names of owners stay as they are; no sentence is left in English.
  expect(said.match(/[A-Z][a-z]+ [a-z]+/g)).toBeNull();
  expect(await violations()).toEqual([]);
});

describe('when the hub does not say how it is', () => {
  test('it says so and claims nothing', () => {
    show(null);
    expect(screen.getByTestId('status-silent').textContent).toContain('has not said how it is');
    expect(contract('state').dataset['answer']).toBe('unknown');
    expect(contract('pressure').dataset['answer']).toBe('unknown');
    expect(contract('state').textContent).toContain('Nothing proves how current this is.');
  });

  test('what it said last is shown with its time, and counts no more', () => {
    const well = {
      ...WRONG,
      connectivity: [],
      yjs_pressure: [],
      state_sync: {
        transport_state: 'attached',
        first_sync_state: 'complete',
        semantic_state: 'ready',
        freshness_state: 'fresh',
        fallback_mode: 'off',
      },
    };
    show(well, { heard: 'lost' });
    expect(screen.getByTestId('status-silent').textContent).toMatch(/12:34:56.*may no longer hold/);
    expect(contract('state').dataset['answer']).toBe('unknown');
  });
});

test('it tells when it is read, so that its ages are asked for', () => {
  const { onRead, close } = show(WRONG);
  expect(onRead.mock.calls).toEqual([[true]]);
  close();
  expect(onRead.mock.calls).toEqual([[true], [false]]);
});
