import * as Y from 'yjs';
import { AckPacer } from './ack-pacer';
import { type Clock, steadyClock } from './clock';
import { decodeFrame, encodeGeneration, encodeSyncStep1 } from './frames';
import {
  closed,
  connecting,
  FRESH_LINK,
  GIVE_UP_AFTER_MS,
  heard,
  type Link,
  type LinkState,
  linkState,
  type Refusal,
  silentFor,
  synced,
} from './link';

const TICK_MS = 250;
const OPEN_WITHIN_MS = 8_000;
/** So long after the older state has come, people are told that it is one. */
const TOLD_FOR_MS = 20_000;

/** What is shown of a connection. A new object only when something to be shown changed. */
export interface ConnectionView {
  state: LinkState;
  /** The document of this connection; another one after the room told us to start over. */
  doc: Y.Doc;
  /** Seconds until the next try; null when none is planned or one is under way. */
  retryInSeconds: number | null;
  /** When the data shown was last proven, by the wall clock; null before the first sync. */
  provenAt: Date | null;
  refusal: Refusal | null;
  /** Whether the room has just gone back to an older state, so that something may be missing. */
  wentBack: boolean;
}

export interface RoomAddress {
  /** ws:// or wss:// address of the room, without query. */
  url: string;
  token: string;
}

/** The room's address below the one the page was opened with. */
export function roomUrl(webspace: string, base: string): string {
  const url = new URL(`yws/${encodeURIComponent(webspace)}`, base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = url.search = '';
  return url.href;
}

/**
 * The read-only way to one room: connects, applies what comes, acknowledges generations, reconnects
 * with back-off, and says at any time how far its data can be trusted.
 */
export class RoomConnection {
  private readonly address: RoomAddress;
  private readonly clock: Clock;
  private readonly listeners = new Set<() => void>();
  private link: Link = FRESH_LINK;
  private doc = new Y.Doc();
  private provenAt: Date | null = null;
  private socket: WebSocket | null = null;
  private openedAt = 0;
  /** Until when it is told that the room went back; Infinity until its state has come. */
  private toldUntil = -Infinity;
  private ticker: ReturnType<typeof setInterval> | undefined;
  private view: ConnectionView;

  constructor(address: RoomAddress, clock: Clock = steadyClock()) {
    this.address = address;
    this.clock = clock;
    this.view = this.look();
  }

  /** Starts connecting; the answer stops everything. */
  start(): () => void {
    this.ticker = setInterval(() => this.tick(), TICK_MS);
    window.addEventListener('online', this.retryNow);
    document.addEventListener('visibilitychange', this.onVisibility);
    this.open();
    return () => {
      clearInterval(this.ticker);
      window.removeEventListener('online', this.retryNow);
      document.removeEventListener('visibilitychange', this.onVisibility);
      this.dropSocket();
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): ConnectionView => this.view;

  /** Does not wait for the back-off. */
  readonly retryNow = (): void => {
    if (this.link.phase === 'waiting') this.open();
  };

  private readonly onVisibility = (): void => {
    // Timers of a hidden page are throttled: on return the truth is worked out at once.
    if (document.visibilityState !== 'visible') return;
    this.tick();
    this.retryNow();
  };

  private open(): void {
    this.dropSocket();
    this.link = connecting(this.link);
    this.openedAt = this.clock();
    const protocols = ['hub.v1', `hub.token.${this.address.token}`];
    let socket: WebSocket;
    try {
      socket = new WebSocket(`${this.address.url}?ack=1`, protocols);
    } catch {
      // The browser refuses a token that cannot stand in a header.
      this.onClose({ code: 4401, reason: '' });
      return;
    }
    this.attach(socket);
    this.publish();
  }

  private attach(socket: WebSocket): void {
    const acks = new AckPacer((generation) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(encodeGeneration(generation));
    }, this.clock);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => socket.send(encodeSyncStep1(this.doc));
    socket.onmessage = (message) => this.onMessage(message.data as unknown, acks);
    socket.onclose = (close) => {
      acks.stop();
      this.onClose({ code: close.code, reason: close.reason });
    };
    this.socket = socket;
  }

  private onMessage(data: unknown, acks: AckPacer): void {
    if (!(data instanceof ArrayBuffer)) return;
    try {
      const frame = decodeFrame(new Uint8Array(data));
      switch (frame.type) {
        case 'update':
          Y.applyUpdate(this.doc, frame.update, this);
          if (frame.whole && this.link.phase !== 'synced') this.onWhole(this.clock());
          break;
        case 'generation':
          // Before the room's answer to our state vector nothing is known to be applied.
          if (this.link.phase !== 'synced') break;
          // Frames are in order: what this generation holds has been applied above.
          acks.applied(frame.generation);
          this.proven(heard(this.link, this.clock()));
          break;
        case 'reload':
          this.toldUntil = Infinity;
          this.startOver('the room went back to an older state');
          break;
        case 'other':
          break;
      }
    } catch (failure) {
      // An update may have been applied by half: only a fresh document is certain again.
      this.startOver(failure instanceof Error ? failure.message : String(failure));
    }
  }

  private onWhole(now: number): void {
    if (this.toldUntil === Infinity) this.toldUntil = now + TOLD_FOR_MS;
    this.proven(synced(this.link, now));
  }

  private proven(link: Link): void {
    this.link = link;
    if (link.phase === 'synced') this.provenAt = new Date();
    this.publish();
  }

  private startOver(reason: string): void {
    console.warn('starting over with an empty document:', reason);
    this.dropSocket();
    this.doc.destroy();
    this.doc = new Y.Doc();
    this.provenAt = null;
    this.link = { ...this.link, heardAt: null };
    this.onClose({ code: 1000, reason });
  }

  private onClose(close: Refusal): void {
    this.dropSocket();
    this.link = closed(this.link, close, this.clock(), Math.random());
    this.publish();
  }

  private tick(): void {
    const now = this.clock();
    const { phase, retryAt } = this.link;
    if (phase === 'waiting' && retryAt !== null && now >= retryAt) this.open();
    else if (phase === 'connecting' && now - this.openedAt > OPEN_WITHIN_MS) {
      this.onClose({ code: 1006, reason: 'no answer' });
    } else if (phase === 'synced' && silentFor(this.link, now) > GIVE_UP_AFTER_MS) {
      this.onClose({ code: 1006, reason: 'silent' });
    }
    this.publish();
  }

  private dropSocket(): void {
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private look(): ConnectionView {
    const now = this.clock();
    const { retryAt, refusal } = this.link;
    return {
      state: linkState(this.link, now),
      doc: this.doc,
      retryInSeconds: retryAt === null ? null : Math.max(0, Math.ceil((retryAt - now) / 1000)),
      provenAt: this.provenAt,
      refusal,
      wentBack: now < this.toldUntil,
    };
  }

  private publish(): void {
    const next = this.look();
    const same =
      next.state === this.view.state &&
      next.doc === this.view.doc &&
      next.retryInSeconds === this.view.retryInSeconds &&
      next.refusal === this.view.refusal &&
      next.wentBack === this.view.wentBack;
    // While live the proof is renewed every two seconds and shown nowhere: no need to draw again.
    if (same && (next.state === 'live' || next.provenAt === this.view.provenAt)) return;
    this.view = next;
    this.listeners.forEach((listener) => listener());
  }
}
