import { useEffect, useState } from 'react';
import type { ServiceClient } from '../http/service-client';
import type { ArtifactKind } from './row';
import { type Changes, EMPTY_SHELF, Shelf, type ShelfView } from './shelf';

const TYPING_PAUSE_MS = 150;

export interface ShelfFilter {
  search: string;
  all: boolean;
  /** The node whose installed artifacts count. */
  node: string;
  /** Asks at once when it changes. */
  refreshOn: unknown;
}

interface Wish extends ShelfFilter {
  kind: ArtifactKind;
  limit: number;
}

/** Where rows come from, and who says when they change. */
export interface ShelfSource {
  client: ServiceClient;
  changes: (kind: ArtifactKind) => Changes;
}

/** The rows of one kind, kept current for as long as the component is shown. */
export function useShelf(
  { client, changes }: ShelfSource,
  { kind, search, all, node, limit, refreshOn }: Wish,
): ShelfView {
  const [view, setView] = useState(EMPTY_SHELF);
  const [shelf] = useState(() => new Shelf(client, kind, changes(kind), setView));
  useEffect(() => shelf.start(), [shelf]);
  useEffect(() => {
    const timer = setTimeout(() => shelf.ask({ search, all, node, limit }), search ? TYPING_PAUSE_MS : 0);
    return () => clearTimeout(timer);
  }, [shelf, search, all, node, limit]);
  useEffect(() => shelf.refresh(), [shelf, refreshOn]);
  return view;
}
