import { memo, type ReactElement, type RefObject, useId, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../http/problem-note';
import { useOperationLabels } from '../operations/labels';
import type { Operation } from '../operations/operation';
import { Button } from '../ui/button';
import { Progress } from '../ui/progress';
import { type InstallRequest, type MarketplaceRow, type RowView, viewRow } from './row';

interface RowProps {
  row: MarketplaceRow;
  /** The work under way on this target, whoever asked for it. */
  active: Operation | null;
  /** What this page asked for. */
  request: InstallRequest | null;
  onInstall: (row: MarketplaceRow) => void;
}

/**
 * One artifact on offer: what it is, how it stands, and the button with its reason. Drawn anew only
 * when something of its own has changed, since the list may be long and the document busy.
 */
export const RowItem = memo(function RowItem(props: RowProps): ReactElement {
  const { row, onInstall } = props;
  const { t } = useTranslation();
  const view = viewRow(row, props.active, props.request);
  const reasonId = useId();
  const name = `${row.kind}-${row.id}`;
  const reason = useReason(row, view);
  return (
    <li className="row" tabIndex={-1} data-testid={`row-${name}`} data-status={view.status}>
      <div className="row-body">
        <div className="row-head">
          <h4>
            <bdi>{row.title}</bdi>
          </h4>
          {row.version && (
            <span
              className="row-version"
              title={t('marketplace.version', { version: row.version })}
            >
              {row.version}
            </span>
          )}
          {view.status !== 'installable' && (
            <span className="tag">{t(`row.status.${view.status}`)}</span>
          )}
        </div>
        {row.description && (
          <p className="row-description">
            <bdi>{row.description}</bdi>
          </p>
        )}
        <p className="row-meta muted">
          <code>{row.id}</code>
          {row.publisher && (
            <span>
              <bdi>{t('marketplace.publisher', { publisher: row.publisher })}</bdi>
            </span>
          )}
          {row.tags.map((tag) => (
            <span key={tag} className="chip">
              <bdi>{tag}</bdi>
            </span>
          ))}
        </p>
      </div>
      {view.status !== 'installed' && (
        <div className="row-action">
          <InstallButton
            {...{ row, view, onInstall, name }}
            reasonId={reason ? reasonId : undefined}
          />
        </div>
      )}
      {view.operation && (
        <Progress
          label={t('operations.progressOf', { title: row.title })}
          value={view.operation.progress}
        />
      )}
      {reason && (
        <p className="row-reason muted" id={reasonId}>
          <bdi>{reason}</bdi>
        </p>
      )}
      <Failure view={view} />
    </li>
  );
});

interface ButtonProps {
  row: MarketplaceRow;
  view: RowView;
  onInstall: (row: MarketplaceRow) => void;
  name: string;
  reasonId: string | undefined;
}

function InstallButton({ row, view, onInstall, name, reasonId }: ButtonProps): ReactElement {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  useFocusGoesToRow(button);
  const verb = view.failed ? 'again' : row.status === 'update_available' ? 'update' : 'install';
  const isUnderWay = view.status === 'requesting' || view.status === 'installing';
  return (
    <Button
      ref={button}
      look="primary"
      data-testid={`install-${name}`}
      // While work is under way it is disabled in meaning only: really disabled it would lose the
      // focus, and the keyboard would fall out of the dialog.
      isDisabled={!view.canInstall && !isUnderWay}
      aria-disabled={isUnderWay}
      aria-label={t(`row.${verb}Of`, { title: row.title })}
      {...(reasonId ? { 'aria-describedby': reasonId } : {})}
      onPress={() => {
        if (view.canInstall) onInstall(row);
      }}
    >
      {t(`row.${verb}`)}
    </Button>
  );
}

/** A button that leaves while it has the focus hands it to its row. */
function useFocusGoesToRow(button: RefObject<HTMLButtonElement | null>): void {
  useLayoutEffect(() => {
    const leaving = button.current;
    return () => {
      if (leaving && leaving === document.activeElement) leaving.closest('li')?.focus();
    };
  }, [button]);
}

/** Why the button does nothing, or what it would do beyond its name. */
function useReason(row: MarketplaceRow, view: RowView): string {
  const { t } = useTranslation();
  const labels = useOperationLabels();
  switch (view.status) {
    case 'requesting':
      return t('row.requesting');
    case 'installing':
      return view.operation ? t('row.busy', { doing: labels.doing(view.operation) }) : '';
    case 'installed':
      return t('row.installedVersion', { version: row.installedVersion || row.version });
    case 'update_available':
      return t('row.updateFrom', { installed: row.installedVersion, version: row.version });
    case 'blocked':
    case 'installable':
      return row.reason;
  }
}

function Failure({ view }: { view: RowView }): ReactElement | null {
  const { t } = useTranslation();
  if (!view.failed) return null;
  if (view.failed.by === 'request') return <ProblemNote problem={view.failed.problem} />;
  const { error, message } = view.failed.operation;
  return (
    <div className="problem" role="alert" data-testid="problem">
      <p>
        {t('row.failed')} <bdi>{error?.message || message}</bdi>
      </p>
      {error?.remedy && (
        <p className="remedy">
          <bdi>{error.remedy}</bdi>
        </p>
      )}
    </div>
  );
}
