import { describe, expect, test } from 'vitest';
import { unreachable } from '../http/problem';
import { readOperation } from '../operations/operation';
import { asInstalled, type MarketplaceRow, readRow, viewRow } from './row';

const wire = (over: Record<string, unknown> = {}) => ({
  kind: 'skill',
  id: 'weather_skill',
  title: 'Weather',
  version: '1.4.0',
  tags: ['home'],
  installed: false,
  status: 'installable',
  install_action: { target: 'infrastate.action' },
  revision: 1,
  ...over,
});
const row = (over: Record<string, unknown> = {}): MarketplaceRow => readRow(wire(over))!;
const ALL = { install: true, update: true, uninstall: true };
const NONE = { install: false, update: false, uninstall: false };
const operation = (status: string, kind = 'skill.install') =>
  readOperation({
    operation_id: 'op_1',
    status,
    kind,
    scope: ['skill:weather_skill'],
    revision: 1,
  })!;

describe('a row of the marketplace', () => {
  test('is read, missing texts become empty', () => {
    expect(row()).toMatchObject({
      title: 'Weather',
      description: '',
      publisher: '',
      offers: { install: true, update: false, uninstall: false },
    });
    expect(row({ title: null }).title).toBe('weather_skill');
  });

  test.each([
    ['kind', 'plugin'],
    ['status', 'new'],
    ['id', 5],
  ])('is left out when its %s is %j', (name, value) => {
    expect(readRow(wire({ [name]: value }))).toBeNull();
  });
});

describe('how a row is drawn', () => {
  test('by what was asked for directly, when the document is behind it', () => {
    const shown = operation('running');
    const request = (revision: number, id = 'op_1') => ({
      phase: 'accepted' as const,
      verb: 'install' as const,
      operation: { ...operation('succeeded'), id, revision },
      version: '1.4.0',
    });
    expect(viewRow(row(), shown, request(2)).status).toBe('installed');
    expect(viewRow(row(), shown, request(1)).status).toBe('installing');
    expect(viewRow(row(), shown, request(2, 'op_0')).status).toBe('installing');
  });

  test('as the listing says, when nothing is under way', () => {
    expect(viewRow(row(), null, null)).toEqual({
      status: 'installable',
      operation: null,
      failed: null,
      can: { ...NONE, install: true },
    });
    expect(viewRow(row({ status: 'blocked' }), null, null).can).toEqual(NONE);
    expect(viewRow(row({ status: 'blocked', installed: true }), null, null).can).toEqual({
      ...NONE,
      uninstall: true,
    });
    expect(viewRow(row({ status: 'update_available', installed: true }), null, null).can).toEqual({
      ...ALL,
      install: false,
    });
  });

  test('as requesting from the click on, and not to be clicked again', () => {
    expect(viewRow(row(), null, { phase: 'requesting', verb: 'install' })).toMatchObject({
      status: 'requesting',
      can: NONE,
    });
  });

  test('as installing while anything is under way on the target, whoever asked', () => {
    expect(viewRow(row(), operation('running'), null)).toMatchObject({
      status: 'installing',
      can: NONE,
    });
    const accepted = {
      phase: 'accepted',
      verb: 'install',
      operation: operation('accepted'),
      version: '1.4.0',
    } as const;
    expect(viewRow(row(), null, accepted)).toMatchObject({
      status: 'installing',
      can: NONE,
    });
  });

  test('as installed when the operation succeeded, though the listing is a moment behind', () => {
    const done = {
      phase: 'accepted',
      verb: 'install',
      operation: operation('succeeded'),
      version: '1.4.0',
    } as const;
    expect(viewRow(row(), null, done)).toMatchObject({ status: 'installed', can: NONE });
  });

  test('as the listing says, when it has news since the operation succeeded', () => {
    const done = {
      phase: 'accepted',
      verb: 'install',
      operation: operation('succeeded'),
      version: '1.4.0',
    } as const;
    expect(
      viewRow(row({ version: '1.5.0', status: 'update_available' }), null, done),
    ).toMatchObject({ status: 'update_available', can: { update: true } });
  });

  test.each(['failed', 'cancelled', 'recoverable'])(
    'with the reason and a new try when it %s',
    (status) => {
      const view = viewRow(row(), null, {
        phase: 'accepted',
        verb: 'install',
        operation: operation(status),
        version: '1.4.0',
      });
      expect(view).toMatchObject({
        status: 'installable',
        can: { install: true },
        failed: { by: 'operation' },
      });
    },
  );

  test('with the problem and a new try when the request was refused', () => {
    expect(viewRow(row(), null, { phase: 'refused', verb: 'install', problem: unreachable() })).toMatchObject({
      status: 'installable',
      can: { install: true },
      failed: { by: 'request' },
    });
  });

  test('an installed row offers to be uninstalled', () => {
    expect(viewRow(asInstalled(row()), null, null)).toMatchObject({
      status: 'installed',
      can: { ...NONE, uninstall: true },
    });
  });

  test.each([
    ['skill.install', 'installing'],
    ['skill.update', 'updating'],
    ['skill.uninstall', 'uninstalling'],
    ['skill.rebuild', 'installing'],
  ])('by the kind of work under way: %s', (kind, status) => {
    expect(viewRow(row(), operation('running', kind), null)).toMatchObject({ status, can: NONE });
  });

  test('an uninstall that succeeded is believed before the listing knows of it', () => {
    const gone = {
      phase: 'accepted',
      verb: 'uninstall',
      operation: operation('succeeded', 'skill.uninstall'),
      version: '1.4.0',
    } as const;
    const before = row({ status: 'installed', installed: true });
    expect(viewRow(before, null, gone)).toMatchObject({ status: 'installable', can: NONE });
    expect(viewRow(row(), null, gone)).toMatchObject({
      status: 'installable',
      can: { install: true },
    });
  });

  test('an uninstall that failed can be tried again', () => {
    const view = viewRow(row({ status: 'installed', installed: true }), null, {
      phase: 'accepted',
      verb: 'uninstall',
      operation: operation('failed', 'skill.uninstall'),
      version: '1.4.0',
    });
    expect(view).toMatchObject({
      status: 'installed',
      can: { uninstall: true },
      failed: { by: 'operation', verb: 'uninstall' },
    });
  });
});
