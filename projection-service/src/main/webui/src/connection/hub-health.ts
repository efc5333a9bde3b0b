import type { LinkState } from 'hub-client';
import type { ServiceClient } from '../http/service-client';
import { isObject } from '../ui/foreign';

/** How often the room's own service is asked how current its documents are. */
export const HEALTH_EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 4_000;

/**
 * Why what a live connection brings may be old all the same: the source of the operations is late
 * or silent, or the room cannot write down what is new.
 */
export type Doubt = 'operationsAging' | 'operationsStale' | 'logUnavailable';

/**
 * What `GET /v1/health` of the room's service says about one webspace; null when nothing speaks
 * against its data. Members that are missing or of another form say nothing.
 */
export function readDoubt(body: unknown, webspace: string): Doubt | null {
  const state = member(member(member(body, 'sources'), 'operations'), 'state');
  if (state === 'stale') return 'operationsStale';
  if (member(member(member(body, 'rooms'), webspace), 'log') === 'unavailable')
    return 'logUnavailable';
  return state === 'aging' ? 'operationsAging' : null;
}

function member(of: unknown, name: string): unknown {
  return isObject(of) && Object.hasOwn(of, name) ? of[name] : undefined;
}

/** What the connection says with the doubt counted in: never better than without. */
export function worsened(state: LinkState, doubt: Doubt | null): LinkState {
  if (doubt === null || (state !== 'live' && state !== 'aging')) return state;
  return doubt === 'operationsAging' ? 'aging' : 'stale';
}

/** Asks for doubts again and again while the page is visible, one question at a time. */
export class HealthWatch {
  private readonly client: ServiceClient;
  private readonly webspace: string;
  private readonly listeners = new Set<() => void>();
  private doubt: Doubt | null = null;
  private asking: AbortController | null = null;

  /** @param client of the service that serves the room */
  constructor(client: ServiceClient, webspace: string) {
    this.client = client;
    this.webspace = webspace;
  }

  /** Starts asking; the answer stops everything. */
  start(): () => void {
    const timer = setInterval(this.ask, HEALTH_EVERY_MS);
    document.addEventListener('visibilitychange', this.ask);
    this.ask();
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', this.ask);
      this.asking?.abort();
      this.asking = null;
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): Doubt | null => this.doubt;

  private readonly ask = (): void => {
    if (this.asking || document.visibilityState !== 'visible') return;
    const asking = new AbortController();
    this.asking = asking;
    const tooLate = setTimeout(() => asking.abort(), ANSWER_WITHIN_MS);
    this.fetchDoubt(asking.signal)
      // No answer proves nothing: what was known last stays.
      .catch(() => this.doubt)
      .then((doubt) => {
        clearTimeout(tooLate);
        if (this.asking !== asking) return;
        this.asking = null;
        this.set(doubt);
      });
  };

  private async fetchDoubt(signal: AbortSignal): Promise<Doubt | null> {
    const response = await this.client.send('v1/health', { signal });
    return readDoubt(await response.json(), this.webspace);
  }

  private set(doubt: Doubt | null): void {
    if (doubt === this.doubt) return;
    this.doubt = doubt;
    this.listeners.forEach((listener) => listener());
  }
}
