import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HOME_NODE } from 'hub-client';
import { type Problem, problemOf } from '../http/problem';
import { ProblemNote } from '../http/problem-note';
import { ago, until } from '../i18n/time';
import { Button } from '../ui/button';
import { Icon, type IconName } from '../ui/icons';
import { Progress } from '../ui/progress';
import { useNow } from '../ui/use-now';
import type { CancelOutcome } from './commands';
import { useOperationLabels } from './labels';
import { isActive, type Operation, type OperationStatus } from './operation';
import { Question } from './question';

/** What a person can do with operations; each rejects with a problem. */
export interface OperationCommands {
  cancel: (operation: Operation) => Promise<CancelOutcome>;
  retry: (operation: Operation) => Promise<void>;
  answer: (operation: Operation, value: string) => Promise<void>;
  openLog: (operation: Operation) => void;
}

const ETA_EVERY_MS = 1_000;

interface Props {
  operation: Operation;
  now: Date;
  commands: OperationCommands;
  /** What it has started, drawn below it. */
  children?: ReactElement | null;
}

/** One operation, under way or ended. */
export function OperationItem({ operation, now, commands, children }: Props): ReactElement {
  const { t, i18n } = useTranslation();
  const labels = useOperationLabels();
  const title = labels.title(operation);
  const active = isActive(operation);
  const at = operation.finishedAt ?? operation.startedAt;
  return (
    <li
      className="operation"
      data-testid={`operation-${operation.id}`}
      data-status={operation.status}
      data-progress={operation.progress}
      data-step={operation.currentStep}
    >
      <span className="operation-icon">
        <Icon name={iconOf(operation.status)} />
      </span>
      <div className="operation-body">
        <div className="operation-head">
          <h3>
            <bdi>{title}</bdi>
          </h3>
          <span className="tag">{labels.status(operation)}</span>
          {operation.nodeId && operation.nodeId !== HOME_NODE && (
            <span className="chip">
              <bdi>{t('operations.node', { node: operation.nodeId })}</bdi>
            </span>
          )}
          {at && (
            <time
              className="muted operation-time"
              dateTime={at.toISOString()}
              title={at.toLocaleString(i18n.language)}
            >
              {active
                ? t('operations.started', { ago: ago(at, now, i18n.language) })
                : ago(at, now, i18n.language)}
            </time>
          )}
        </div>
        {active && (
          <Progress label={t('operations.progressOf', { title })} value={operation.progress} />
        )}
        {active && (
          <p className="muted operation-step">
            <bdi>{labels.doing(operation)}</bdi>
            {operation.etaAt && <Eta at={operation.etaAt} />}
          </p>
        )}
        {operation.status === 'waiting_input' && operation.input && (
          <Question operation={operation} input={operation.input} answer={commands.answer} />
        )}
        {operation.error && <Failure operation={operation} />}
        <Commands operation={operation} title={title} commands={commands} />
        {children}
      </div>
    </li>
  );
}

function Eta({ at }: { at: Date }): ReactElement | null {
  const { t, i18n } = useTranslation();
  const now = useNow(ETA_EVERY_MS);
  if (at <= now) return null;
  return (
    <span className="operation-eta"> · {t('operations.eta', { in: until(at, now, i18n.language) })}</span>
  );
}

function Failure({ operation }: { operation: Operation }): ReactElement | null {
  const { t } = useTranslation();
  const { error } = operation;
  if (!error) return null;
  return (
    <p className="operation-error">
      <bdi>{error.message}</bdi>
      {error.rolledBackTo && (
        <span data-testid="rolled-back">
          <bdi>{t('operations.rolledBack', { version: error.rolledBackTo })}</bdi>
        </span>
      )}
      {error.remedy && (
        <span className="remedy">
          <bdi>{error.remedy}</bdi>
        </span>
      )}
    </p>
  );
}

interface CommandProps {
  operation: Operation;
  title: string;
  commands: OperationCommands;
}

function Commands({ operation, title, commands }: CommandProps): ReactElement {
  const { t } = useTranslation();
  const labels = useOperationLabels();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [outcome, setOutcome] = useState<CancelOutcome | null>(null);
  const active = isActive(operation);
  const send = (wish: Promise<CancelOutcome | void>) => {
    setBusy(true);
    setProblem(null);
    setOutcome(null);
    wish
      .then((answer) => setOutcome(answer ?? null))
      .catch((failure: unknown) => setProblem(problemOf(failure)))
      .finally(() => setBusy(false));
  };
  return (
    <>
      {active && !operation.canCancel && operation.tooLateSince && (
        <p className="muted operation-late" data-testid={`too-late-${operation.id}`}>
          {t('operations.tooLate', { step: labels.step(operation.tooLateSince) })}
        </p>
      )}
      {outcome && (
        <p className="note" role="status" data-testid="cancel-outcome" data-outcome={outcome}>
          {t(`operations.cancelOutcome.${outcome}`)}
        </p>
      )}
      {problem && <ProblemNote problem={problem} />}
      <div className="operation-commands">
        {active && operation.canCancel && (
          <Button
            look="quiet"
            aria-disabled={busy}
            aria-label={t('operations.cancelOf', { title })}
            onPress={() => {
              if (!busy) send(commands.cancel(operation));
            }}
          >
            {t('operations.cancel')}
          </Button>
        )}
        {!active && operation.canRetry && (
          <Button
            look="quiet"
            aria-disabled={busy}
            aria-label={t('operations.retryOf', { title })}
            onPress={() => {
              if (!busy) send(commands.retry(operation));
            }}
          >
            {t('operations.retry')}
          </Button>
        )}
        <Button
          look="quiet"
          data-testid={`log-${operation.id}`}
          aria-label={t('operations.logOf', { title })}
          onPress={() => commands.openLog(operation)}
        >
          {t('operations.log')}
        </Button>
      </div>
    </>
  );
}

function iconOf(status: OperationStatus): IconName {
  switch (status) {
    case 'succeeded':
      return 'check';
    case 'failed':
      return 'alert';
    case 'recoverable':
      return 'alert';
    case 'cancelled':
      return 'dash';
    case 'waiting_input':
      return 'question';
    case 'accepted':
    case 'queued':
    case 'running':
    case 'cancelling':
      return 'clock';
  }
}
