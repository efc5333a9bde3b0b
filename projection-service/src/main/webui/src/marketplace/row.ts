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
  /** Whether the service offers to install or update it. */
  offersInstall: boolean;
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
  return {
    kind,
    id,
    title: text(record['title']) || id,
    version: text(record['version']),
    description: text(record['description']),
    tags: [...new Set(texts(record['tags']))],
    publisher: text(record['publisher']),
    installedVersion: text(record['installed_version']),
    status,
    reason: text(record['reason']),
    offersInstall: isObject(record['install_action']),
  };
}

/** The row as it is once its installation has succeeded. */
export function asInstalled(row: MarketplaceRow): MarketplaceRow {
  return {
    ...row,
    status: 'installed',
    installedVersion: row.version,
    reason: '',
    offersInstall: false,
  };
}

/** What this page has asked for a row, until the document or the listing shows the outcome. */
export type InstallRequest =
  | { phase: 'requesting' }
  | { phase: 'accepted'; operation: Operation; version: string }
  | { phase: 'refused'; problem: Problem };

/** How a row is drawn. */
export interface RowView {
  status: RowStatus | 'requesting' | 'installing';
  /** The work under way on this target, whoever asked for it. */
  operation: Operation | null;
  /** The last try of this page, when it did not work out. */
  failed: { by: 'request'; problem: Problem } | { by: 'operation'; operation: Operation } | null;
  canInstall: boolean;
}

/** Asked for directly while the document was old: further than what the document shows. */
function knowsBetter(request: InstallRequest | null, active: Operation): boolean {
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
  request: InstallRequest | null,
): RowView {
  if (active && !knowsBetter(request, active))
    return { status: 'installing', operation: active, failed: null, canInstall: false };
  if (request?.phase === 'requesting') {
    return { status: 'requesting', operation: null, failed: null, canInstall: false };
  }
  if (request?.phase === 'accepted') {
    const { operation } = request;
    if (isActive(operation))
      return { status: 'installing', operation, failed: null, canInstall: false };
    if (operation.status === 'succeeded') {
      // The listing may be a moment behind; a newer version in it is news, not lag.
      return row.version === request.version
        ? { status: 'installed', operation: null, failed: null, canInstall: false }
        : viewRow(row, null, null);
    }
    return { ...viewRow(row, null, null), failed: { by: 'operation', operation } };
  }
  const failed = request ? { by: 'request' as const, problem: request.problem } : null;
  return { status: row.status, operation: null, failed, canInstall: row.offersInstall };
}
