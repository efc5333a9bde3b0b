import { isObject, list, number, text } from '../ui/foreign';
import { asInstalled, type MarketplaceRow, readRow, rowKey } from './row';

/** Where one source of the rows is. */
export interface Position {
  epoch: string;
  sequence: number;
}

/** One answer of the marketplace. */
export interface Listing {
  rows: MarketplaceRow[];
  /** How many rows there are in all, shown or not. */
  total: number;
  /** Names of the sources the service itself no longer trusts, such as `registry`. */
  staleSources: string[];
  /** By name of the source: what of it the rows include. */
  positions: ReadonlyMap<string, Position>;
}

export function readListing(body: unknown): Listing {
  const members = isObject(body) ? body : {};
  const rows = list(members['items'])
    .map(readRow)
    .filter((row) => row !== null);
  return {
    rows,
    total: Math.max(rows.length, number(members['total'])),
    staleSources: readStaleSources(members['sources']),
    positions: readPositions(members['sources']),
  };
}

/** Whether a position is included in what is known of its source. */
export function includes(known: Position | undefined, wanted: Position): boolean {
  return known !== undefined && known.epoch === wanted.epoch && known.sequence >= wanted.sequence;
}

function readPositions(sources: unknown): Map<string, Position> {
  const positions = new Map<string, Position>();
  for (const [name, source] of Object.entries(isObject(sources) ? sources : {})) {
    if (isObject(source)) {
      const { epoch, sequence } = source;
      positions.set(name, { epoch: text(epoch), sequence: number(sequence) });
    }
  }
  return positions;
}

function readStaleSources(sources: unknown): string[] {
  if (!isObject(sources)) return [];
  return Object.entries(sources)
    .filter(([, source]) => isObject(source) && source['state'] === 'stale')
    .map(([name]) => name);
}

/**
 * The rows to show after a new answer: the answer's, and in their old places those that it leaves
 * out only because they were installed while the dialog is open.
 *
 * @param shown what was shown before, in order
 * @param answered what the service lists now
 * @param installed keys of rows known to have been installed while the dialog is open
 */
export function keepInstalled(
  shown: readonly MarketplaceRow[],
  answered: readonly MarketplaceRow[],
  installed: ReadonlySet<string>,
): MarketplaceRow[] {
  const result = [...answered];
  const present = new Set(answered.map(rowKey));
  let place = 0;
  for (const row of shown) {
    const key = rowKey(row);
    if (present.has(key)) {
      place = result.findIndex((other) => rowKey(other) === key) + 1;
    } else if (installed.has(key)) {
      result.splice(place++, 0, asInstalled(row));
      present.add(key);
    }
  }
  return result;
}

/** The rows that were shown and are missing now. */
export function vanished(
  shown: readonly MarketplaceRow[],
  answered: readonly MarketplaceRow[],
): MarketplaceRow[] {
  const present = new Set(answered.map(rowKey));
  return shown.filter((row) => !present.has(rowKey(row)));
}

/** Whether a kept row would be found by the search, close enough to the service's own rule. */
export function matches(row: MarketplaceRow, search: string): boolean {
  const haystack = [row.id, row.title, row.description, row.publisher, ...row.tags]
    .join(' ')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}
