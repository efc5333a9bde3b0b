import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, problemOf } from '../http/problem';
import { ProblemNote } from '../http/problem-note';
import { ago } from '../i18n/time';
import { Button } from '../ui/button';
import { Icon, type IconName } from '../ui/icons';
import { Progress } from '../ui/progress';
import { useOperationLabels } from './labels';
import { isActive, type Operation, type OperationStatus } from './operation';

/** Cancels or repeats; rejects with a problem. */
export type OperationCommand = (operation: Operation, verb: 'cancel' | 'retry') => Promise<void>;

interface Props {
  operation: Operation;
  now: Date;
  command: OperationCommand;
}

/** One operation, under way or ended. */
export function OperationItem({ operation, now, command }: Props): ReactElement {
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
          </p>
        )}
        {operation.error && (
          <p className="operation-error">
            <bdi>{operation.error.message}</bdi>
            {operation.error.remedy && (
              <span className="remedy">
                <bdi>{operation.error.remedy}</bdi>
              </span>
            )}
          </p>
        )}
        <OperationCommands operation={operation} title={title} command={command} />
      </div>
    </li>
  );
}

interface CommandProps {
  operation: Operation;
  title: string;
  command: OperationCommand;
}

function OperationCommands({ operation, title, command }: CommandProps): ReactElement | null {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const verb = isActive(operation)
    ? operation.canCancel && 'cancel'
    : operation.canRetry && 'retry';
  if (!verb) return null;
  const send = () => {
    setBusy(true);
    setProblem(null);
    command(operation, verb)
      .catch((failure: unknown) => setProblem(problemOf(failure)))
      .finally(() => setBusy(false));
  };
  return (
    <div className="operation-commands">
      {problem && <ProblemNote problem={problem} />}
      <Button
        look="quiet"
        isDisabled={busy}
        aria-label={t(`operations.${verb}Of`, { title })}
        onPress={send}
      >
        {t(`operations.${verb}`)}
      </Button>
    </div>
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
    case 'accepted':
    case 'queued':
    case 'running':
    case 'waiting_input':
    case 'cancelling':
      return 'clock';
  }
}
