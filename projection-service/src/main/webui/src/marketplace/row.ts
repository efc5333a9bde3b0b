import { type Verb, VERBS } from '../operations/commands';
import { isActive, type Operation } from '../operations/operation';
import type { Problem } from '../http/problem';
import { isObject, text, texts } from '../ui/foreign';

export const KINDS = ['skill', 'scenario'] as const;
export type ArtifactKind = (typeof KINDS)[number];

const ROW_STATUSES = ['installable', 'installed', 'update_available', 'blocked'] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

/** One artifact on offer, as the marketplace says. */
export interface MarketplaceRow {
  kind: ArtifactKind;
  id: string;
  title: string;
  version: string;
  description: string;
  tags: readonly string[];
  publisher: string;
  installedVersion: string;
  status: RowStatus;
  /** Why there is nothing to do, or what an update is about; in the words of the service. */
  reason: string;
  /** What the service says can be done with it while nothing else is. */
  offers: Readonly<Record<Verb, boolean>>;
}

/** Names a row on this page: `skill:weather_skill`. */
export function rowKey(target: { kind: string; id: string }): string {
  return `${target.kind}:${target.id}`;
}

/** Null when it is not a row this page understands. */
export function readRow(record: unknown): MarketplaceRow | null {
  if (!isObject(record)) return null;
  const kind = KINDS.find((known) => known === record['kind']);
  const status = ROW_STATUSES.find((known) => known === record['status']);
  const id = text(record['id']);
  if (!kind || !status || !id) return null;
  const installedVersion = text(record['installed_version']);
  return {
    kind,
    id,
    title: text(record['title']) || id,
    version: text(record['version']),
    description: text(record['description']),
    tags: [...new Set(texts(record['tags']))],
    publisher: text(record['publisher']),
    installedVersion,
    status,
    reason: text(record['reason']),
    offers: {
      install: status === 'installable',
      update: status === 'update_available',
      // What blocks an update, or a version that is being switched on, is no reason to keep it.
      uninstall: record['installed'] === true,
    },
  };
}

/** The row as it is once its installation has succeeded. */
export function asInstalled(row: MarketplaceRow): MarketplaceRow {
  return {
    ...row,
    status: 'installed',
    installedVersion: row.version,
    reason: '',
    offers: { install: false, update: false, uninstall: true },
  };
}

/** What this page has asked for a row, until the document or the listing shows the outcome. */
export type RowRequest =
  | { phase: 'requesting'; verb: Verb }
  | { phase: 'accepted'; verb: Verb; operation: Operation; version: string }
  | { phase: 'refused'; verb: Verb; problem: Problem };

const UNDER_WAY = {
  install: 'installing',
  update: 'updating',
  uninstall: 'uninstalling',
} as const;

/** How a row is drawn. */
export interface RowView {
  status: RowStatus | 'requesting' | 'installing' | 'updating' | 'uninstalling';
  /** The work under way on this target, whoever asked for it. */
  operation: Operation | null;
  /** The last try of this page, when it did not work out. */
  failed:
    | ({ verb: Verb } & ({ by: 'request'; problem: Problem } | { by: 'operation'; operation: Operation }))
    | null;
  can: Readonly<Record<Verb, boolean>>;
}

const NOTHING = { install: false, update: false, uninstall: false };

/** What an operation does with its target; another kind of work keeps it as an install does. */
export function verbOf({ kind }: Operation): Verb {
  return VERBS.find((verb) => kind.endsWith(`.${verb}`)) ?? 'install';
}

/** Asked for directly while the document was old: further than what the document shows. */
function knowsBetter(request: RowRequest | null, active: Operation): boolean {
  return (
    request?.phase === 'accepted' &&
    request.operation.id === active.id &&
    request.operation.revision > active.revision
  );
}

/**
 * Puts together what the listing, the document and this page's own request say about a row.
 *
 * @param active the operation under way on the target, by its scope
 * @param request what this page asked, null when nothing
 */
export function viewRow(
  row: MarketplaceRow,
  active: Operation | null,
  request: RowRequest | null,
): RowView {
  if (active && !knowsBetter(request, active)) return underWay(active);
  if (request?.phase === 'requesting') {
    return { status: 'requesting', operation: null, failed: null, can: NOTHING };
  }
  if (request?.phase === 'accepted') {
    const { operation, verb } = request;
    if (isActive(operation)) return underWay(operation);
    if (operation.status === 'succeeded') return viewDone(row, request);
    return { ...viewRow(row, null, null), failed: { by: 'operation', verb, operation } };
  }
  const failed = request
    ? { by: 'request' as const, verb: request.verb, problem: request.problem }
    : null;
  return { status: row.status, operation: null, failed, can: row.offers };
}

function underWay(operation: Operation): RowView {
  return { status: UNDER_WAY[verbOf(operation)], operation, failed: null, can: NOTHING };
}

/** The listing may be a moment behind; a newer version in it is news, not lag. */
function viewDone(row: MarketplaceRow, request: { verb: Verb; version: string }): RowView {
  const settled = { operation: null, failed: null, can: NOTHING };
  const isNews = row.version !== request.version;
  if (request.verb === 'uninstall')
    return row.offers.uninstall && !isNews
      ? { status: 'installable', ...settled }
      : viewRow(row, null, null);
  if (isNews) return viewRow(row, null, null);
  return row.status === 'installed'
    ? viewRow(row, null, null)
    : { status: 'installed', ...settled };
}
