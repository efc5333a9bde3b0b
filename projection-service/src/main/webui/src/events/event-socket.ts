import { backOff, type Clock, steadyClock } from 'hub-client';
import { isObject, list, text } from '../ui/foreign';

const TICK_MS = 500;
const OPEN_WITHIN_MS = 8_000;
/** So often the server is asked whether it is still there; a browser cannot see its pings. */
const PING_EVERY_MS = 10_000;
/** Without any word for this long after a question the connection is given up. */
const ANSWER_WITHIN_MS = 10_000;
const PING = 'ping';
/** After a refusal (44xx) nothing heals by itself soon. */
const REFUSED_WAIT_MS = 30_000;

export interface EventAddress {
  /** ws:// or wss:// address of the socket for events. */
  url: string;
  token: string;
}

/** Who listens to one topic. */
export interface TopicListener {
  /** Whether everything that is published now will come; called when that changes. */
  onLive: (isLive: boolean) => void;
  onPayload: (payload: unknown) => void;
}

interface Topic {
  listeners: Set<TopicListener>;
  isLive: boolean;
}

/** The address of the page's own socket for events. */
export function eventUrl(): string {
  const url = new URL('ws', document.baseURI);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = url.search = '';
  return url.href;
}

/**
 * The way to streams: open while anybody listens, reconnects with back-off and subscribes again, and
 * says for each topic whether it can be relied on.
 */
export class EventSocket {
  private readonly address: EventAddress;
  private readonly clock: Clock;
  private readonly topics = new Map<string, Topic>();
  private socket: WebSocket | null = null;
  private ticker: ReturnType<typeof setInterval> | undefined;
  private attempt = 0;
  private retryAt = 0;
  private openedAt = 0;
  private heardAt = 0;
  /** When the server was last asked whether it is there; null when it has answered. */
  private askedAt: number | null = null;

  constructor(address: EventAddress, clock: Clock = steadyClock()) {
    this.address = address;
    this.clock = clock;
  }

  /** Listens until the answer is called. */
  listen(name: string, listener: TopicListener): () => void {
    const topic = this.topics.get(name) ?? { listeners: new Set(), isLive: false };
    this.topics.set(name, topic);
    topic.listeners.add(listener);
    if (topic.listeners.size === 1) this.say('subscribe', name);
    else listener.onLive(topic.isLive);
    this.wake();
    return () => {
      if (!topic.listeners.delete(listener) || topic.listeners.size > 0) return;
      this.topics.delete(name);
      this.say('unsubscribe', name);
      if (this.topics.size === 0) this.sleep();
    };
  }

  private wake(): void {
    if (this.ticker !== undefined) return;
    this.ticker = setInterval(() => this.tick(), TICK_MS);
    this.attempt = 0;
    this.open();
  }

  private sleep(): void {
    clearInterval(this.ticker);
    this.ticker = undefined;
    this.drop();
  }

  private open(): void {
    this.drop();
    this.openedAt = this.clock();
    let socket: WebSocket;
    try {
      socket = new WebSocket(this.address.url, ['hub.v1', `hub.token.${this.address.token}`]);
    } catch {
      // The browser refuses a token that cannot stand in a header.
      this.lost();
      return;
    }
    socket.onopen = () => {
      this.heardAt = this.clock();
      for (const name of this.topics.keys()) this.say('subscribe', name);
    };
    socket.onmessage = (message) => this.onMessage(message.data as unknown);
    socket.onclose = ({ code }) => this.lost(code);
    this.socket = socket;
  }

  private onMessage(data: unknown): void {
    this.heardAt = this.clock();
    this.askedAt = null;
    const message = parsed(data);
    if (message['t'] === 'evt') {
      const topic = this.topics.get(text(message['kind']));
      topic?.listeners.forEach(({ onPayload }) => onPayload(message['payload']));
    } else if (message['t'] === 'ack' && message['id'] !== PING) {
      const taken = isObject(message['data']) ? list(message['data']['topics']) : [];
      const name = text(message['id']);
      this.live(name, taken.includes(name));
      if (taken.includes(name)) this.attempt = 0;
    }
  }

  private live(name: string, isLive: boolean): void {
    const topic = this.topics.get(name);
    if (!topic || topic.isLive === isLive) return;
    topic.isLive = isLive;
    topic.listeners.forEach(({ onLive }) => onLive(isLive));
  }

  /** The topic is the mark: the answer says whether it was taken. */
  private say(type: 'subscribe' | 'unsubscribe', name: string): void {
    const id = type === 'subscribe' ? name : PING;
    this.send({ type, topics: [name], id });
  }

  private send(message: unknown): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    this.socket.send(JSON.stringify(message));
    this.askedAt ??= this.clock();
  }

  private tick(): void {
    const now = this.clock();
    if (!this.socket) {
      if (now >= this.retryAt) this.open();
    } else if (this.socket.readyState !== WebSocket.OPEN) {
      if (now - this.openedAt > OPEN_WITHIN_MS) this.lost();
    } else if (this.askedAt !== null) {
      if (now - this.askedAt > ANSWER_WITHIN_MS) this.lost();
    } else if (now - this.heardAt >= PING_EVERY_MS) {
      this.send({ type: 'ping', id: PING });
    }
  }

  private lost(code = 1006): void {
    this.drop();
    this.attempt += 1;
    const isRefused = code >= 4400 && code < 4500;
    this.retryAt =
      this.clock() + (isRefused ? REFUSED_WAIT_MS : backOff(this.attempt, Math.random()));
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    this.askedAt = null;
    for (const name of [...this.topics.keys()]) this.live(name, false);
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}

function parsed(data: unknown): Record<string, unknown> {
  try {
    const message: unknown = JSON.parse(text(data));
    return isObject(message) ? message : {};
  } catch {
    return {};
  }
}
