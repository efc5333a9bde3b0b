import { type Problem, problemOf, ProblemError } from '../http/problem';
import type { ServiceClient } from '../http/service-client';
import { keepInstalled, type Listing, matches, readListing, vanished } from './listing';
import { type ArtifactKind, type MarketplaceRow, readRow, rowKey } from './row';

export const ASK_EVERY_MS = 2_000;
const CHECKED_AT_ONCE_MAX = 20;

export interface ShelfQuery {
  search: string;
  /** Also what is installed and up to date. */
  all: boolean;
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
}

export const EMPTY_SHELF: ShelfView = {
  rows: [],
  total: 0,
  answeredAt: null,
  problem: null,
  staleSources: [],
};

/** Asks for the rows of one kind again and again while the dialog is open and the page visible. */
export class Shelf {
  private readonly client: ServiceClient;
  private readonly kind: ArtifactKind;
  private readonly changed: (view: ShelfView) => void;
  private readonly installed = new Set<string>();
  /** Null until the first wish. */
  private query: ShelfQuery | null = null;
  private etag: string | null = null;
  private sameQuery = false;
  private view = EMPTY_SHELF;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking = new AbortController();
  private running = false;

  constructor(client: ServiceClient, kind: ArtifactKind, changed: (view: ShelfView) => void) {
    this.client = client;
    this.kind = kind;
    this.changed = changed;
  }

  start(): () => void {
    this.running = true;
    document.addEventListener('visibilitychange', this.refresh);
    return () => {
      this.running = false;
      document.removeEventListener('visibilitychange', this.refresh);
      this.pause();
    };
  }

  ask(query: ShelfQuery): void {
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

  private pause(): void {
    clearTimeout(this.timer);
    this.asking.abort();
  }

  private async turn(query: ShelfQuery): Promise<void> {
    const asking = new AbortController();
    this.asking = asking;
    try {
      const response = await this.fetchListing(query, asking.signal);
      const listing = response.status === 304 ? null : readListing(await response.json());
      if (listing) await this.checkVanished(listing, asking.signal);
      if (asking.signal.aborted) return;
      // Only now: the tag of an answer that was not shown would hide it for ever.
      this.etag = response.headers.get('ETag') ?? (listing ? null : this.etag);
      this.show(query, listing);
    } catch (failure) {
      if (asking.signal.aborted) return;
      this.set({ ...this.view, problem: problemOf(failure) });
    }
    this.timer = setTimeout(this.refresh, ASK_EVERY_MS);
  }

  private fetchListing({ search, all, limit }: ShelfQuery, signal: AbortSignal): Promise<Response> {
    return this.client.send('v1/marketplace', {
      query: { kind: this.kind, q: search, status: all ? 'all' : undefined, limit },
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
      const response = await this.client.send(path, { signal });
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
    this.set({
      ...listing,
      rows,
      total: listing.total + rows.length - listing.rows.length,
      answeredAt: new Date(),
      problem: null,
    });
  }

  private set(view: ShelfView): void {
    this.view = view;
    this.changed(view);
  }
}
