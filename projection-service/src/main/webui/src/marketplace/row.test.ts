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
const operation = (status: string) =>
  readOperation({
    operation_id: 'op_1',
    status,
    scope: ['skill:weather_skill'],
    revision: 1,
  })!;

describe('a row of the marketplace', () => {
  test('is read, missing texts become empty', () => {
    expect(row()).toMatchObject({
      title: 'Weather',
      description: '',
      publisher: '',
      offersInstall: true,
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
      canInstall: true,
    });
    expect(viewRow(row({ status: 'blocked', install_action: null }), null, null).canInstall).toBe(
      false,
    );
    expect(viewRow(row({ status: 'update_available' }), null, null).canInstall).toBe(true);
  });

  test('as requesting from the click on, and not to be clicked again', () => {
    expect(viewRow(row(), null, { phase: 'requesting' })).toMatchObject({
      status: 'requesting',
      canInstall: false,
    });
  });

  test('as installing while anything is under way on the target, whoever asked', () => {
    expect(viewRow(row(), operation('running'), null)).toMatchObject({
      status: 'installing',
      canInstall: false,
    });
    const accepted = {
      phase: 'accepted',
      operation: operation('accepted'),
      version: '1.4.0',
    } as const;
    expect(viewRow(row(), null, accepted)).toMatchObject({
      status: 'installing',
      canInstall: false,
    });
  });

  test('as installed when the operation succeeded, though the listing is a moment behind', () => {
    const done = {
      phase: 'accepted',
      operation: operation('succeeded'),
      version: '1.4.0',
    } as const;
    expect(viewRow(row(), null, done)).toMatchObject({ status: 'installed', canInstall: false });
  });

  test('as the listing says, when it has news since the operation succeeded', () => {
    const done = {
      phase: 'accepted',
      operation: operation('succeeded'),
      version: '1.4.0',
    } as const;
    expect(
      viewRow(row({ version: '1.5.0', status: 'update_available' }), null, done),
    ).toMatchObject({ status: 'update_available', canInstall: true });
  });

  test.each(['failed', 'cancelled', 'recoverable'])(
    'with the reason and a new try when it %s',
    (status) => {
      const view = viewRow(row(), null, {
        phase: 'accepted',
        operation: operation(status),
        version: '1.4.0',
      });
      expect(view).toMatchObject({
        status: 'installable',
        canInstall: true,
        failed: { by: 'operation' },
      });
    },
  );

  test('with the problem and a new try when the request was refused', () => {
    expect(viewRow(row(), null, { phase: 'refused', problem: unreachable() })).toMatchObject({
      status: 'installable',
      canInstall: true,
      failed: { by: 'request' },
    });
  });

  test('an installed row offers nothing', () => {
    expect(viewRow(asInstalled(row()), null, null)).toMatchObject({
      status: 'installed',
      canInstall: false,
    });
  });
});
