import type { TopicListener } from '../../events/event-socket';
import { type Problem, problemOf } from '../../http/problem';
import type { ServiceClient } from '../../http/service-client';
import { instant, isObject, list, number, text } from '../../ui/foreign';

/** The service keeps no more of an operation. */
const LINES_MAX = 2_000;
const PAGE_LINES = 500;
const PAGES_MAX = 8;
/** So often the service is asked while nobody tells. */
const ASK_EVERY_MS = 2_000;
const TERMINAL = ['succeeded', 'failed', 'cancelled', 'recoverable'];

export const LOG_LEVELS = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line of an operation's log. */
export interface LogLine {
  line: number;
  at: Date | null;
  level: LogLevel;
  step: string;
  message: string;
}

/** What is known of a log. */
export interface LogView {
  lines: readonly LogLine[];
  /** Lines the service has not kept. */
  dropped: number;
  /** Nothing more will come. */
  hasEnded: boolean;
  /** New lines come by themselves. */
  isLive: boolean;
  /** The service has answered at least once. */
  isKnown: boolean;
  problem: Problem | null;
}

export const EMPTY_LOG: LogView = {
  lines: [],
  dropped: 0,
  hasEnded: false,
  isLive: false,
  isKnown: false,
  problem: null,
};

/** Begins to listen to the stream of a log; the answer ends it. */
export type LogStream = (listener: TopicListener) => () => void;

/**
 * The log of one operation: what was before over HTTP, what comes by the stream, and over HTTP again
 * where the stream left a gap or does not come.
 */
export class OperationLog {
  private readonly client: ServiceClient;
  private readonly id: string;
  private readonly stream: LogStream;
  private readonly changed: (view: LogView) => void;
  private readonly byLine = new Map<number, LogLine>();
  private view = EMPTY_LOG;
  private reached = 0;
  private isAsking = false;
  private askAgain = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly asking = new AbortController();

  constructor(
    client: ServiceClient,
    id: string,
    stream: LogStream,
    changed: (view: LogView) => void,
  ) {
    this.client = client;
    this.id = id;
    this.stream = stream;
    this.changed = changed;
  }

  start(): () => void {
    const silence = this.stream({ onLive: this.onLive, onPayload: this.onPayload });
    void this.ask();
    return () => {
      silence();
      clearTimeout(this.timer);
      this.asking.abort();
    };
  }

  private readonly onLive = (isLive: boolean): void => {
    this.set({ isLive });
    // What was written before the stream began is read now; afterwards it is told.
    void this.ask();
  };

  private readonly onPayload = (payload: unknown): void => {
    if (!isObject(payload)) return;
    const first = number(firstLine(payload));
    const isGap = first > this.reached + 1 || (first === 0 && upTo(payload) > this.reached);
    if (isGap) void this.ask();
    else this.take(payload);
  };

  private async ask(): Promise<void> {
    if (this.isAsking) {
      this.askAgain = true;
      return;
    }
    this.isAsking = true;
    clearTimeout(this.timer);
    try {
      do {
        this.askAgain = false;
        await this.readOn();
      } while (this.askAgain);
      this.set({ problem: null, isKnown: true });
    } catch (failure) {
      if (this.asking.signal.aborted) return;
      this.set({ problem: problemOf(failure) });
    }
    this.isAsking = false;
    const isTold = this.view.isLive && !this.view.problem;
    if (!isTold && !this.view.hasEnded && !this.asking.signal.aborted)
      this.timer = setTimeout(() => void this.ask(), ASK_EVERY_MS);
  }

  private async readOn(): Promise<void> {
    for (let page = 0; page < PAGES_MAX; page++) {
      const response = await this.client.send(
        `v1/operations/${encodeURIComponent(this.id)}/log`,
        { query: { after: this.reached, limit: PAGE_LINES }, signal: this.asking.signal },
      );
      const body: unknown = await response.json();
      if (!isObject(body)) return;
      this.take(body);
      if (list(body['items']).length < PAGE_LINES) return;
    }
  }

  private take(answer: Record<string, unknown>): void {
    for (const line of list(answer['items']).map(readLine)) {
      if (line) this.byLine.set(line.line, line);
    }
    this.reached = Math.max(this.reached, upTo(answer));
    const lines = [...this.byLine.values()].sort((one, other) => one.line - other.line);
    this.set({
      lines: lines.slice(-LINES_MAX),
      dropped: number(answer['dropped']),
      hasEnded: TERMINAL.includes(text(answer['status'])),
    });
  }

  private set(change: Partial<LogView>): void {
    if (this.asking.signal.aborted) return;
    this.view = { ...this.view, ...change };
    this.changed(this.view);
  }
}

function firstLine(answer: Record<string, unknown>): unknown {
  const [first] = list(answer['items']);
  return isObject(first) ? first['line'] : 0;
}

function upTo(answer: Record<string, unknown>): number {
  return number(answer['next_after']);
}

function readLine(record: unknown): LogLine | null {
  if (!isObject(record) || number(record['line']) < 1) return null;
  return {
    line: number(record['line']),
    at: instant(record['at']),
    level: LOG_LEVELS.find((known) => known === record['level']) ?? 'info',
    step: text(record['step']),
    message: text(record['message']),
  };
}
