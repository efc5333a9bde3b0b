import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeSocket } from 'hub-client/testing';
import * as Y from 'yjs';
import { type Answer, follow } from './example';

const QUESTION = { token: 'secret', webspace: 'desktop', node: 'hub', address: 'data/weather' };
let shown: Answer;
let stop: () => void;
let server: Y.Doc;

beforeEach(() => {
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.spyOn(console, 'warn').mockReturnValue();
  FakeSocket.all = [];
  server = new Y.Doc();
  server.getMap('data').set('weather', 'shared');
  stop = follow(QUESTION, (answer) => (shown = answer));
});

afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

test('it shows where a value lies and follows it, also into another document', async () => {
  expect(shown).toEqual({ state: 'connecting', place: 'nowhere', value: '' });
  FakeSocket.last.sync(server);
  expect(shown).toEqual({ state: 'live', place: 'data/weather', value: '"shared"' });
  server.on('update', (update: Uint8Array) => FakeSocket.last.update(update));
  server.getMap('data').set('nodes', { hub: { weather: 'mine' } });
  expect(shown).toEqual({ state: 'live', place: 'data/nodes/hub/weather', value: '"mine"' });

  FakeSocket.last.bytes(66);
  expect(shown).toMatchObject({ state: 'offline', value: '' });
  const older = new Y.Doc();
  older.getMap('data').set('weather', 'older');
  await vi.waitFor(() => expect(FakeSocket.all).toHaveLength(2), 20_000);
  FakeSocket.last.sync(older);
  expect(shown).toEqual({ state: 'live', place: 'data/weather', value: '"older"' });
});

test('an address that is none is told at once', () => {
  expect(() => follow({ ...QUESTION, address: 'weather' }, () => undefined)).toThrow(/neither/);
});
