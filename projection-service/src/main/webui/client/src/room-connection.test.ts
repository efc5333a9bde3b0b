import { decodeFrame } from './frames';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { FakeSocket } from './fake-socket';
import { RoomConnection, roomUrl } from './room-connection';

const ADDRESS = { url: 'ws://hub.example/yws/desktop', token: 'secret' };
let connection: RoomConnection;
let stop: () => void;
let server: Y.Doc;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.spyOn(Math, 'random').mockReturnValue(1);
  vi.spyOn(console, 'warn').mockReturnValue();
  FakeSocket.all = [];
  server = new Y.Doc();
  server.getMap('runtime').set('answer', 42);
  connection = new RoomConnection(ADDRESS, Date.now);
  stop = connection.start();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const state = () => connection.current().state;
const answer = () => connection.current().doc.getMap('runtime').get('answer');
const acknowledged = () =>
  FakeSocket.last.sent
    .map((bytes) => decodeFrame(bytes))
    .flatMap((frame) => (frame.type === 'generation' ? [frame.generation] : []));

test.each([
  ['http://localhost:3000/', 'ws://localhost:3000/yws/desktop'],
  ['https://hub.example/below/?x=1#token=y', 'wss://hub.example/below/yws/desktop'],
])('a page at %s finds the room at %s', (page, room) => {
  expect(roomUrl('desktop', page)).toBe(room);
});

describe('connecting', () => {
  test('the token travels in a subprotocol, never in the address', () => {
    expect(FakeSocket.last.protocols).toEqual(['hub.v1', 'hub.token.secret']);
    expect(FakeSocket.last.url).toBe('ws://hub.example/yws/desktop?ack=1');
  });

  test('it is live only when the document has come', () => {
    expect(state()).toBe('connecting');
    FakeSocket.last.readyState = 1;
    FakeSocket.last.onopen?.();
    expect(state()).toBe('connecting');
    FakeSocket.last.update(Y.encodeStateAsUpdate(server), 1);
    expect(state()).toBe('live');
    expect(answer()).toBe(42);
  });

  test('a generation that comes before the document proves and acknowledges nothing', () => {
    FakeSocket.last.readyState = 1;
    FakeSocket.last.onopen?.();
    FakeSocket.last.generation(7);
    vi.advanceTimersByTime(1_000);
    expect(state()).toBe('connecting');
    expect(acknowledged()).toEqual([]);
    FakeSocket.last.sync(server, 8);
    expect(acknowledged()).toEqual([8]);
  });

  test('a new connection acknowledges nothing before its own answer has come', () => {
    FakeSocket.last.sync(server, 3);
    FakeSocket.last.lose(1012);
    vi.advanceTimersByTime(500);
    FakeSocket.last.readyState = 1;
    FakeSocket.last.onopen?.();
    FakeSocket.last.generation(9);
    vi.advanceTimersByTime(1_000);
    expect(acknowledged()).toEqual([]);
    expect(state()).toBe('offline');
  });

  test('a token that cannot be sent is refused, not thrown', () => {
    stop();
    connection = new RoomConnection({ ...ADDRESS, token: 'with space' }, Date.now);
    stop = connection.start();
    expect(connection.current().refusal?.code).toBe(4401);
  });

  test('a server that never answers is given up and tried again', () => {
    vi.advanceTimersByTime(8_500);
    expect(state()).toBe('offline');
    vi.advanceTimersByTime(500);
    expect(FakeSocket.all).toHaveLength(2);
  });
});

describe('while connected', () => {
  beforeEach(() => FakeSocket.last.sync(server));

  test('changes are applied before their generation is acknowledged', () => {
    server.on('update', (update: Uint8Array) => FakeSocket.last.update(update));
    server.getMap('runtime').set('answer', 43);
    FakeSocket.last.generation(2);
    expect(answer()).toBe(43);
    vi.advanceTimersByTime(250);
    expect(acknowledged()).toEqual([1, 2]);
  });

  test('silence turns it aging, stale, then offline with a new try', () => {
    vi.advanceTimersByTime(4_750);
    expect(state()).toBe('live');
    vi.advanceTimersByTime(500);
    expect(state()).toBe('aging');
    vi.advanceTimersByTime(5_000);
    expect(state()).toBe('stale');
    expect(answer()).toBe(42);
    vi.advanceTimersByTime(11_000);
    expect(state()).toBe('offline');
    expect(FakeSocket.all.length).toBeGreaterThan(1);
  });

  test('the heartbeat keeps it live without drawing anything', () => {
    const drawn = vi.fn();
    connection.subscribe(drawn);
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(2_000);
      FakeSocket.last.generation(1);
    }
    expect(state()).toBe('live');
    expect(drawn).not.toHaveBeenCalled();
  });

  test('awareness of others proves nothing about the document', () => {
    for (let i = 0; i < 6; i++) {
      vi.advanceTimersByTime(1_000);
      FakeSocket.last.bytes(1, 3, 0, 0, 0);
    }
    expect(state()).toBe('aging');
  });
});

describe('when the connection goes', () => {
  beforeEach(() => FakeSocket.last.sync(server));

  test('it says when it tries again, and converges', () => {
    vi.advanceTimersByTime(6_000);
    FakeSocket.last.generation(1);
    FakeSocket.last.lose(1012, 'restart');
    expect(state()).toBe('offline');
    expect(connection.current().retryInSeconds).toBe(1);
    vi.advanceTimersByTime(500);
    server.getMap('runtime').set('answer', 44);
    FakeSocket.last.sync(server, 2);
    expect(state()).toBe('live');
    expect(answer()).toBe(44);
  });

  test('4401 is final until another token is given', () => {
    FakeSocket.last.lose(4401, 'expired');
    vi.advanceTimersByTime(60_000);
    expect(state()).toBe('refused');
    expect(FakeSocket.all).toHaveLength(1);
  });

  test('4408 is tried again as soon as the page runs', () => {
    FakeSocket.last.lose(4408, 'too slow');
    expect(state()).toBe('offline');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(FakeSocket.all).toHaveLength(2);
    FakeSocket.last.sync(server, 3);
    expect(state()).toBe('live');
  });

  test('4429 is tried again when the block is over', () => {
    FakeSocket.last.lose(4429, 'blocked');
    vi.advanceTimersByTime(29_500);
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    expect(FakeSocket.all).toHaveLength(2);
  });

  test('retryNow does not wait', () => {
    FakeSocket.last.lose(1013);
    connection.retryNow();
    expect(FakeSocket.all).toHaveLength(2);
  });

  test('after stop nothing is tried any more', () => {
    FakeSocket.last.lose(1006);
    stop();
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
  });
});

describe('starting over', () => {
  beforeEach(() => FakeSocket.last.sync(server));

  test.each([
    ['when the room says so', [66]],
    ['after an update that cannot be applied', [0, 2, 3, 9, 9, 9]],
  ])('the document is thrown away %s', (_when, bytes) => {
    const before = connection.current().doc;
    FakeSocket.last.bytes(...bytes);
    expect(connection.current().doc).not.toBe(before);
    expect(connection.current().provenAt).toBeNull();
    expect(state()).toBe('offline');
    vi.advanceTimersByTime(500);
    FakeSocket.last.sync(server, 9);
    expect(state()).toBe('live');
    expect(answer()).toBe(42);
  });

  test('people are told for a while that the room went back, and only then', () => {
    expect(connection.current().wentBack).toBe(false);
    FakeSocket.last.bytes(66);
    expect(connection.current().wentBack).toBe(true);
    vi.advanceTimersByTime(7_000);
    const older = new Y.Doc();
    older.getMap('runtime').set('answer', 41);
    FakeSocket.last.sync(older, 9);
    expect(answer()).toBe(41);
    for (let i = 0; i < 9; i++) {
      vi.advanceTimersByTime(2_000);
      FakeSocket.last.generation(9);
    }
    expect(connection.current().wentBack).toBe(true);
    vi.advanceTimersByTime(2_250);
    expect(connection.current().wentBack).toBe(false);
    expect(answer()).toBe(41);
  });

  test('a broken update is no reason to say that the room went back', () => {
    FakeSocket.last.bytes(0, 2, 3, 9, 9, 9);
    expect(connection.current().wentBack).toBe(false);
  });
});
