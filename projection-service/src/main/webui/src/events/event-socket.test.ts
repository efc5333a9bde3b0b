import { FakeSocket } from 'hub-client/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EventSocket, eventUrl } from './event-socket';

const TOPIC = 'webio.stream.desktop.rows';
let events: EventSocket;
let heard: unknown[];
let stop: () => void;

const listener = () => ({
  onLive: (isLive: boolean) => heard.push(isLive),
  onPayload: (payload: unknown) => heard.push(payload),
});
const says = (message: unknown) => FakeSocket.last.onmessage?.({ data: JSON.stringify(message) });
const sent = () => FakeSocket.last.sent.map((text) => JSON.parse(text as unknown as string));
const turn = (ms: number) => vi.advanceTimersByTimeAsync(ms);

function accept(): void {
  FakeSocket.last.readyState = FakeSocket.OPEN;
  FakeSocket.last.onopen?.();
}

function take(topic = TOPIC): void {
  says({ ch: 'events', t: 'ack', id: topic, ok: true, data: { topics: [topic] } });
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.all = [];
  heard = [];
  events = new EventSocket({ url: 'ws://hub.example/ws', token: 'secret' }, () => Date.now());
  stop = events.listen(TOPIC, listener());
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the socket for events', () => {
  test('is the page\u2019s own', () => {
    expect(eventUrl()).toBe('ws://localhost:3000/ws');
  });

  test('opens with the token, subscribes, and is relied on once that is acknowledged', () => {
    expect(FakeSocket.last.protocols).toEqual(['hub.v1', 'hub.token.secret']);
    accept();
    expect(sent()).toEqual([{ type: 'subscribe', topics: [TOPIC], id: TOPIC }]);
    expect(heard).toEqual([]);
    take();
    says({ ch: 'events', t: 'evt', kind: TOPIC, payload: { n: 1 } });
    says({ ch: 'events', t: 'evt', kind: 'webio.stream.desktop.other', payload: 2 });
    expect(heard).toEqual([true, { n: 1 }]);
  });

  test('a refused subscription is not relied on', () => {
    accept();
    says({ t: 'ack', id: TOPIC, ok: false, error: 'forbidden', data: { topics: [] } });
    expect(heard).toEqual([]);
  });

  test('comes back with back-off and subscribes again', async () => {
    accept();
    take();
    FakeSocket.last.lose(1012);
    expect(heard).toEqual([true, false]);
    await turn(1_000);
    expect(FakeSocket.all).toHaveLength(2);
    accept();
    take();
    expect(sent()).toHaveLength(1);
    expect(heard).toEqual([true, false, true]);
  });

  test('a refused token is tried again after half a minute only', async () => {
    FakeSocket.last.lose(4401);
    await turn(29_000);
    expect(FakeSocket.all).toHaveLength(1);
    await turn(2_000);
    expect(FakeSocket.all).toHaveLength(2);
  });

  test('asks a silent server whether it is there, and gives it up when it is not', async () => {
    accept();
    take();
    await turn(11_000);
    expect(sent().at(-1)).toEqual({ type: 'ping', id: 'ping' });
    says({ t: 'ack', id: 'ping', ok: true, data: {} });
    await turn(9_000);
    expect(heard).toEqual([true]);
    await turn(14_000);
    expect(heard).toEqual([true, false]);
    expect(FakeSocket.all.length).toBeGreaterThan(1);
  });

  test('gives up a connection that does not come about', async () => {
    await turn(10_000);
    expect(FakeSocket.all.length).toBeGreaterThan(1);
    expect(FakeSocket.all[0]?.isClosedByUs).toBe(true);
  });

  test('two listeners share one subscription; the last one ends it and closes', () => {
    accept();
    take();
    const second = events.listen(TOPIC, listener());
    expect(heard).toEqual([true, true]);
    stop();
    expect(FakeSocket.last.isClosedByUs).toBe(false);
    second();
    expect(sent()).toHaveLength(2);
    expect(sent().at(-1)).toMatchObject({ type: 'unsubscribe', topics: [TOPIC] });
    expect(FakeSocket.last.isClosedByUs).toBe(true);
  });

  test.each([['{'], ['null'], ['7'], ['{"t":"evt"}'], ['{"t":"ack","data":7}']])(
    'what it cannot read changes nothing: %s',
    (data) => {
      accept();
      FakeSocket.last.onmessage?.({ data });
      expect(heard).toEqual([]);
    },
  );
});
