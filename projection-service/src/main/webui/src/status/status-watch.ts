import { type Clock, steadyClock } from 'hub-client';
import { type Problem, ProblemError, problemOf } from '../http/problem';
import type { ServiceClient } from '../http/service-client';
import { readStatus, type WebspaceStatus } from './contracts';

/** How often the room's own service is asked for the three contracts. */
export const ASK_EVERY_MS = 5_000;
/** While somebody reads the details, their ages shall be true. */
export const ASK_OPEN_EVERY_MS = 2_000;
/** After a question that was not answered. */
export const ASK_AGAIN_AFTER_MS = 1_000;
const ANSWER_WITHIN_MS = 4_000;
/** No answer for this long: what was answered last may no longer hold. */
export const LATE_AFTER_MS = 7_500;
/** No answer for this long: nothing is known. */
export const LOST_AFTER_MS = 12_000;
const TICK_MS = 500;

/** What is known of the contracts, and how well. A new object only when something has changed. */
export interface StatusView {
  /** The last answer; null before the first. */
  status: WebspaceStatus | null;
  /** When it was confirmed last, by the wall clock. */
  answeredAt: Date | null;
  /** How old that confirmation is by this page's own clock; `never` before the first answer. */
  heard: 'never' | 'current' | 'late' | 'lost';
  /** Why the last question was not answered; null when it was. */
  problem: Problem | null;
}

/** Asks for the three contracts again and again while the page is visible, one question at a time. */
export class StatusWatch {
  private readonly client: ServiceClient;
  private readonly webspace: string;
  private readonly clock: Clock;
  private readonly listeners = new Set<() => void>();
  private view: StatusView = { status: null, answeredAt: null, heard: 'never', problem: null };
  private answeredAtClock = -Infinity;
  private etag: string | null = null;
  private asking: AbortController | null = null;
  private askAt = -Infinity;
  private isRead = false;

  /** @param client of the service that serves the room */
  constructor(client: ServiceClient, webspace: string, clock: Clock = steadyClock()) {
    this.client = client;
    this.webspace = webspace;
    this.clock = clock;
  }

  /** Starts asking; the answer stops everything. */
  start(): () => void {
    const timer = setInterval(this.tick, TICK_MS);
    document.addEventListener('visibilitychange', this.askNow);
    this.askNow();
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', this.askNow);
      this.asking?.abort();
      this.asking = null;
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): StatusView => this.view;

  /** Does not wait for the next turn. */
  readonly askNow = (): void => {
    this.askAt = -Infinity;
    this.tick();
  };

  /** Somebody begins or ends to read the details. */
  readonly read = (isRead: boolean): void => {
    this.isRead = isRead;
    if (isRead) this.askNow();
  };

  private readonly tick = (): void => {
    const isVisible = document.visibilityState === 'visible';
    if (isVisible && !this.asking && this.clock() >= this.askAt) void this.ask();
    // Time alone changes what is known, also while no answer comes.
    this.set({});
  };

  private async ask(): Promise<void> {
    const asking = new AbortController();
    this.asking = asking;
    const askedAt = this.clock();
    const tooLate = setTimeout(() => asking.abort(), ANSWER_WITHIN_MS);
    const outcome = await this.fetchStatus(asking.signal).catch((failure: unknown) => ({
      problem: problemOf(failure),
    }));
    clearTimeout(tooLate);
    if (this.asking !== asking) return;
    this.asking = null;
    const failed = 'problem' in outcome;
    this.askAt = askedAt + this.pause(failed);
    if (failed) {
      this.set(outcome);
      return;
    }
    // What was answered was true when it was asked, not when it came.
    this.answeredAtClock = askedAt;
    this.set({ status: outcome.status, answeredAt: new Date(), problem: null });
  }

  private pause(failed: boolean): number {
    if (failed) return ASK_AGAIN_AFTER_MS;
    return this.isRead ? ASK_OPEN_EVERY_MS : ASK_EVERY_MS;
  }

  private async fetchStatus(signal: AbortSignal): Promise<{ status: WebspaceStatus }> {
    const { status: known } = this.view;
    const etag = known && this.etagCounts(known) ? this.etag : null;
    const response = await this.client.send(
      `v1/webspaces/${encodeURIComponent(this.webspace)}/status`,
      { signal, headers: etag ? { 'If-None-Match': etag } : {} },
    );
    if (response.status === 304 && known) return { status: known };
    const status = readStatus(await response.json().catch(() => null), this.webspace);
    if (!status) throw new ProblemError(notUnderstood());
    this.etag = response.headers.get('ETag');
    return { status };
  }

  /** The tag leaves ages out: where these are shown or matter, the whole answer is asked for. */
  private etagCounts({ stateSync }: WebspaceStatus): boolean {
    return !this.isRead && stateSync.freshness === 'fresh';
  }

  private heard(): StatusView['heard'] {
    const age = this.clock() - this.answeredAtClock;
    if (age === Infinity) return 'never';
    if (age < LATE_AFTER_MS) return 'current';
    return age < LOST_AFTER_MS ? 'late' : 'lost';
  }

  private set(change: Partial<StatusView>): void {
    const heard = this.heard();
    if (heard === this.view.heard && Object.keys(change).length === 0) return;
    this.view = { ...this.view, ...change, heard };
    this.listeners.forEach((listener) => listener());
  }
}

function notUnderstood(): Problem {
  return {
    status: 200,
    code: 'answer_not_understood',
    detail: '',
    remedy: '',
    retryable: false,
    errors: [],
    correlationId: '',
  };
}
