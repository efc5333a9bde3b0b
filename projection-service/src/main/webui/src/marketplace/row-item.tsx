import { memo, type ReactElement, type RefObject, useId, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../http/problem-note';
import type { Verb } from '../operations/commands';
import { useOperationLabels } from '../operations/labels';
import type { Operation } from '../operations/operation';
import type { OperationCommands } from '../operations/operation-item';
import { Question } from '../operations/question';
import { Button } from '../ui/button';
import { Progress } from '../ui/progress';
import { type MarketplaceRow, type RowRequest, type RowView, viewRow } from './row';

interface RowProps {
  row: MarketplaceRow;
  /** The work under way on this target, whoever asked for it. */
  active: Operation | null;
  /** What this page asked for. */
  request: RowRequest | null;
  onWish: (row: MarketplaceRow, verb: Verb) => void;
  /** Asks first: what is gone is gone. */
  onUninstall: (row: MarketplaceRow) => void;
  answer: OperationCommands['answer'];
}

/**
 * One artifact on offer: what it is, how it stands, and the buttons with their reason. Drawn anew
 * only when something of its own has changed, since the list may be long and the document busy.
 */
export const RowItem = memo(function RowItem(props: RowProps): ReactElement {
  const { row } = props;
  const view = viewRow(row, props.active, props.request);
  const reasonId = useId();
  const name = `${row.kind}-${row.id}`;
  const reason = useReason(row, view);
  const { operation } = view;
  return (
    <li className="row" tabIndex={-1} data-testid={`row-${name}`} data-status={view.status}>
      <RowBody row={row} view={view} />
      <RowActions
        {...props}
        {...{ view, name }}
        reasonId={reason ? reasonId : undefined}
      />
      {operation && <RowProgress row={row} operation={operation} />}
      {reason && (
        <p className="row-reason muted" id={reasonId}>
          <bdi>{reason}</bdi>
        </p>
      )}
      {operation?.status === 'waiting_input' && operation.input && (
        <Question operation={operation} input={operation.input} answer={props.answer} />
      )}
      <Failure view={view} />
    </li>
  );
});

function RowBody({ row, view }: { row: MarketplaceRow; view: RowView }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="row-body">
      <div className="row-head">
        <h4>
          <bdi>{row.title}</bdi>
        </h4>
        {row.version && (
          <span className="row-version" title={t('marketplace.version', { version: row.version })}>
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
  );
}

interface ActionProps extends RowProps {
  view: RowView;
  name: string;
  reasonId: string | undefined;
}

function RowActions(props: ActionProps): ReactElement | null {
  const { row, view, name } = props;
  const { t } = useTranslation();
  const isInstalled = row.offers.uninstall || view.status === 'installed';
  return (
    <div className="row-action">
      {view.status !== 'installed' && <MainButton {...props} />}
      {isInstalled && (
        <Button
          look="quiet"
          data-testid={`uninstall-${name}`}
          // Not really disabled: the focus would fall out of the dialog while work is under way.
          aria-disabled={!view.can.uninstall}
          aria-label={t('row.uninstallOf', { title: row.title })}
          {...(props.reasonId ? { 'aria-describedby': props.reasonId } : {})}
          onPress={() => {
            if (view.can.uninstall) props.onUninstall(row);
          }}
        >
          {t('row.uninstall')}
        </Button>
      )}
    </div>
  );
}

function MainButton({ row, view, onWish, name, reasonId }: ActionProps): ReactElement {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  useFocusGoesToRow(button);
  const verb = row.offers.uninstall ? 'update' : 'install';
  const word = view.failed && view.failed.verb === verb ? 'again' : verb;
  const isUnderWay = view.status === 'requesting' || view.operation !== null;
  return (
    <Button
      ref={button}
      look="primary"
      data-testid={`install-${name}`}
      // While work is under way it is disabled in meaning only: really disabled it would lose the
      // focus, and the keyboard would fall out of the dialog.
      isDisabled={!view.can[verb] && !isUnderWay}
      aria-disabled={isUnderWay}
      aria-label={t(`row.${word}Of`, { title: row.title })}
      {...(reasonId ? { 'aria-describedby': reasonId } : {})}
      onPress={() => {
        if (view.can[verb]) onWish(row, verb);
      }}
    >
      {t(`row.${word}`)}
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

function RowProgress({ row, operation }: { row: MarketplaceRow; operation: Operation }): ReactElement {
  const { t } = useTranslation();
  return (
    <Progress
      label={t('operations.progressOf', { title: row.title })}
      value={operation.progress}
    />
  );
}

/** Why the buttons do nothing, or what they would do beyond their name. */
function useReason(row: MarketplaceRow, view: RowView): string {
  const { t } = useTranslation();
  const labels = useOperationLabels();
  switch (view.status) {
    case 'requesting':
      return t('row.requesting');
    case 'installing':
    case 'updating':
    case 'uninstalling':
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
      {error?.rolledBackTo && (
        <p data-testid="rolled-back">
          <bdi>{t('operations.rolledBack', { version: error.rolledBackTo })}</bdi>
        </p>
      )}
      {error?.remedy && (
        <p className="remedy">
          <bdi>{error.remedy}</bdi>
        </p>
      )}
    </div>
  );
}
