import type { TopicListener } from '../events/event-socket';
import { type Problem, problemOf, ProblemError } from '../http/problem';
import type { ServiceClient } from '../http/service-client';
import { isObject, number, text } from '../ui/foreign';
import {
  includes,
  keepInstalled,
  type Listing,
  matches,
  type Position,
  readListing,
  vanished,
} from './listing';
import { type ArtifactKind, type MarketplaceRow, readRow, rowKey } from './row';

/** How often to ask while nobody says when something has changed. */
export const ASK_EVERY_MS = 10_000;
/** When to ask again after a question that was not answered, or without what was asked for. */
const ASK_AGAIN_MS = 2_000;
/** All browsers hear of a change at once; they do not ask at once. */
const SPREAD_MS = 100;
/** Connecting takes a moment, of which nobody needs to be told. */
const TOLD_AFTER_MS = 3_000;
const CHECKED_AT_ONCE_MAX = 20;

export interface ShelfQuery {
  search: string;
  /** Also what is installed and up to date. */
  all: boolean;
  /** The node whose installed artifacts count. */
  node: string;
  /** Rows at most, 1 to 500. */
  limit: number;
}

/** What one section of the dialog shows. */
export interface ShelfView {
  rows: readonly MarketplaceRow[];
  total: number;
  /** When the service last answered, null before the first answer. */
  answeredAt: Date | null;
  /** Why the last question was not answered, null when it was. */
  problem: Problem | null;
  staleSources: readonly string[];
  /** Nobody says when something has changed: the service is asked now and then instead. */
  isPolled: boolean;
}

/** Begins to listen to what has changed; the answer ends it. */
export type Changes = (listener: TopicListener) => () => void;

export const EMPTY_SHELF: ShelfView = {
  rows: [],
  total: 0,
  answeredAt: null,
  problem: null,
  staleSources: [],
  isPolled: false,
};

/**
 * Keeps the rows of one kind current while the dialog is open: asks when it is told that something
 * has changed, and only as long as nobody can tell every ten seconds. A hidden page asks nothing.
 */
export class Shelf {
  private readonly client: ServiceClient;
  private readonly kind: ArtifactKind;
  private readonly changes: Changes;
  private readonly changed: (view: ShelfView) => void;
  /** What of each source the rows must include, as far as it is not known that they do. */
  private readonly wanted = new Map<string, Position>();
  /** What of each source the last answer included. */
  private positions: ReadonlyMap<string, Position> = new Map();
  /** Sources that are lost, as whoever tells of changes says. */
  private readonly lost = new Set<string>();
  private listed: readonly string[] = [];
  private isLive = false;
  private readonly installed = new Set<string>();
  /** Null until the first wish. */
  private query: ShelfQuery | null = null;
  private etag: string | null = null;
  private sameQuery = false;
  private view = EMPTY_SHELF;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private telling: ReturnType<typeof setTimeout> | undefined;
  private asking = new AbortController();
  private running = false;
  private isAsking = false;
  private askedFor: string | null = null;

  constructor(
    client: ServiceClient,
    kind: ArtifactKind,
    changes: Changes,
    changed: (view: ShelfView) => void,
  ) {
    this.client = client;
    this.kind = kind;
    this.changes = changes;
    this.changed = changed;
  }

  start(): () => void {
    this.running = true;
    document.addEventListener('visibilitychange', this.refresh);
    this.tellSoon();
    const silence = this.changes({ onLive: this.onLive, onPayload: this.onPayload });
    return () => {
      this.running = false;
      document.removeEventListener('visibilitychange', this.refresh);
      silence();
      clearTimeout(this.telling);
      this.pause();
    };
  }

  ask(query: ShelfQuery): void {
    if (this.query && this.query.node !== query.node) {
      // What one node has says nothing about another.
      this.installed.clear();
      this.view = { ...this.view, rows: [], total: 0 };
    }
    this.query = query;
    this.etag = null;
    this.sameQuery = false;
    this.refresh();
  }

  /** Asks now instead of at the next turn; hidden pages ask nothing. */
  readonly refresh = (): void => {
    this.pause();
    const query = this.query;
    if (query && this.running && document.visibilityState === 'visible') void this.turn(query);
  };

  private readonly onLive = (isLive: boolean): void => {
    this.isLive = isLive;
    clearTimeout(this.telling);
    if (isLive) {
      // What changes from now on is told; where the sources are now comes next.
      if (this.wanted.size === 0 && !this.view.problem) clearTimeout(this.timer);
      if (this.view.isPolled) this.set({ ...this.view, isPolled: false });
    } else {
      this.tellSoon();
      this.askAfter(ASK_EVERY_MS);
    }
  };

  private tellSoon(): void {
    this.telling = setTimeout(() => this.set({ ...this.view, isPolled: true }), TOLD_AFTER_MS);
  }

  private readonly onPayload = (payload: unknown): void => {
    const told = isObject(payload) ? payload : {};
    const source = text(told['source']);
    if (source === '') return;
    if (!this.running) return;
    const wasLost = this.lost.has(source);
    if (told['state'] === 'stale') this.lost.add(source);
    else this.lost.delete(source);
    if (wasLost !== this.lost.has(source)) this.set(this.view);
    const position = { epoch: text(told['epoch']), sequence: number(told['sequence']) };
    if (includes(this.positions.get(source), position)) return;
    this.wanted.set(source, position);
    // A question under way was asked before this: when it is answered, the next one follows.
    if (!this.isAsking) this.askAfter(Math.random() * SPREAD_MS);
  };

  private askAfter(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.refresh, ms);
  }

  private pause(): void {
    clearTimeout(this.timer);
    this.asking.abort();
    this.isAsking = false;
  }

  private async turn(query: ShelfQuery): Promise<void> {
    const asking = new AbortController();
    this.asking = asking;
    this.isAsking = true;
    try {
      const response = await this.fetchListing(query, asking.signal);
      const listing = response.status === 304 ? null : readListing(await response.json());
      if (listing) await this.checkVanished(listing, asking.signal);
      if (asking.signal.aborted) return;
      // Only now: the tag of an answer that was not shown would hide it for ever.
      this.etag = response.headers.get('ETag') ?? (listing ? null : this.etag);
      if (listing) this.take(listing.positions);
      this.show(query, listing);
      this.isAsking = false;
      this.askNext();
    } catch (failure) {
      if (asking.signal.aborted) return;
      this.isAsking = false;
      this.set({ ...this.view, problem: problemOf(failure) });
      this.askAfter(ASK_AGAIN_MS);
    }
  }

  private take(positions: ReadonlyMap<string, Position>): void {
    this.positions = positions;
    for (const [source, position] of this.wanted) {
      if (includes(positions.get(source), position)) this.wanted.delete(source);
    }
  }

  private askNext(): void {
    if (this.wanted.size > 0) this.askAfter(this.late() ? ASK_AGAIN_MS : Math.random() * SPREAD_MS);
    else if (!this.isLive) this.askAfter(ASK_EVERY_MS);
  }

  /** Whether the service was asked for this very position and does not have it yet. */
  private late(): boolean {
    return this.askedFor !== null && this.askedFor === this.nextWanted();
  }

  /** What to ask the service to wait for; null when any answer will do. */
  private nextWanted(): string | null {
    for (const [source, { sequence }] of this.wanted) return `${source}:${sequence}`;
    return null;
  }

  private fetchListing(
    { search, all, node, limit }: ShelfQuery,
    signal: AbortSignal,
  ): Promise<Response> {
    this.askedFor = this.nextWanted();
    return this.client.send('v1/marketplace', {
      query: {
        kind: this.kind,
        q: search,
        status: all ? 'all' : undefined,
        node_id: node,
        limit,
        min_sequence: this.askedFor ?? undefined,
      },
      headers: this.etag ? { 'If-None-Match': this.etag } : {},
      signal,
    });
  }

  /** A row left the answer: was it installed, or taken away? The service knows. */
  private async checkVanished(listing: Listing, signal: AbortSignal): Promise<void> {
    if (!this.sameQuery) return;
    const unknown = vanished(this.view.rows, listing.rows)
      .filter((row) => !this.installed.has(rowKey(row)))
      .slice(0, CHECKED_AT_ONCE_MAX);
    await Promise.all(
      unknown.map(async (row) => {
        if (await this.isInstalled(row, signal)) this.installed.add(rowKey(row));
      }),
    );
  }

  private async isInstalled(row: MarketplaceRow, signal: AbortSignal): Promise<boolean> {
    try {
      const path = `v1/marketplace/${row.kind}/${encodeURIComponent(row.id)}`;
      const response = await this.client.send(path, {
        query: { node_id: this.query?.node },
        signal,
      });
      return readRow(await response.json())?.status === 'installed';
    } catch (failure) {
      if (failure instanceof ProblemError && failure.problem.status === 404) return false;
      throw failure;
    }
  }

  private show({ search }: ShelfQuery, listing: Listing | null): void {
    if (!listing) {
      this.set({ ...this.view, answeredAt: new Date(), problem: null });
      return;
    }
    const before = this.view.rows.filter(
      (row) => this.sameQuery || !search || matches(row, search),
    );
    this.sameQuery = true;
    const rows = keepInstalled(before, listing.rows, this.installed);
    this.listed = listing.staleSources;
    this.set({
      ...this.view,
      rows,
      total: listing.total + rows.length - listing.rows.length,
      answeredAt: new Date(),
      problem: null,
    });
  }

  private set(view: ShelfView): void {
    const staleSources = [...new Set([...this.listed, ...this.lost])];
    this.view = { ...view, staleSources };
    this.changed(this.view);
  }
}
