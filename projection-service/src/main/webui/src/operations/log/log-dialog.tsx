import { type ReactElement, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceClient } from '../../http/service-client';
import { ProblemNote } from '../../http/problem-note';
import { useTimeOfDay } from '../../i18n/time';
import { FramedDialog } from '../../ui/framed-dialog';
import { useOperationLabels } from '../labels';
import type { Operation } from '../operation';
import { EMPTY_LOG, type LogLine, OperationLog, type LogStream, type LogView } from './operation-log';

/** Where logs are read, and who tells of new lines. */
export interface LogSource {
  client: ServiceClient;
  stream: (operationId: string) => LogStream;
}

/** So near the end the list is held there while lines come. */
const AT_END_PX = 24;

interface Props {
  /** Null while the dialog is closed. */
  operation: Operation | null;
  source: LogSource;
  onClose: () => void;
}

/** Everything an operation has said of itself, from its first line on. */
export function LogDialog({ operation, source, onClose }: Props): ReactElement {
  const { t } = useTranslation();
  const labels = useOperationLabels();
  return (
    <FramedDialog
      isOpen={operation !== null}
      onClose={onClose}
      title={t('log.title')}
      lead={operation ? labels.title(operation) : ''}
      testId="log-dialog"
    >
      {operation && <Log key={operation.id} id={operation.id} source={source} />}
    </FramedDialog>
  );
}

function Log({ id, source }: { id: string; source: LogSource }): ReactElement {
  const { t } = useTranslation();
  const view = useLog(id, source);
  const scroll = useHeldAtEnd(view.lines);
  const state = view.hasEnded ? 'ended' : view.isLive ? 'live' : 'asked';
  return (
    <>
      <p className="log-state muted" role="status" data-testid="log-state" data-state={state}>
        {t(`log.state.${state}`)} <code>{id}</code>
      </p>
      {view.problem && <ProblemNote problem={view.problem} />}
      {view.dropped > 0 && (
        <p className="note">{t('log.dropped', { count: view.dropped })}</p>
      )}
      <div
        className="dialog-scroll log"
        ref={scroll}
        role="region"
        aria-label={t('log.title')}
        tabIndex={0}
      >
        {view.lines.length > 0 ? (
          <ol className="plain" data-testid="log-lines">
            {view.lines.map((line) => (
              <Line key={line.line} line={line} />
            ))}
          </ol>
        ) : (
          <p className="muted">{view.isKnown ? t('log.none') : t('log.loading')}</p>
        )}
      </div>
    </>
  );
}

function Line({ line }: { line: LogLine }): ReactElement {
  const { t } = useTranslation();
  const labels = useOperationLabels();
  const timeOfDay = useTimeOfDay();
  return (
    <li className="log-line" data-level={line.level}>
      <span className="log-number muted">{line.line}</span>
      {line.at ? (
        <time className="muted" dateTime={line.at.toISOString()}>
          {timeOfDay(line.at)}
        </time>
      ) : (
        <span />
      )}
      <span className="log-text">
        {line.level !== 'info' && (
          <strong className="log-level">{t(`log.level.${line.level}`)} </strong>
        )}
        {line.step && <span className="muted">{labels.step(line.step)}: </span>}
        <bdi>{line.message}</bdi>
      </span>
    </li>
  );
}

function useLog(id: string, { client, stream }: LogSource): LogView {
  const [view, setView] = useState(EMPTY_LOG);
  useEffect(
    () => new OperationLog(client, id, stream(id), setView).start(),
    [client, id, stream],
  );
  return view;
}

/** Follows the end while it is in sight; who has scrolled up reads in peace. */
function useHeldAtEnd(lines: readonly LogLine[]) {
  const ref = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    const look = () => {
      isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < AT_END_PX;
    };
    box.addEventListener('scroll', look);
    return () => box.removeEventListener('scroll', look);
  }, []);
  useLayoutEffect(() => {
    const box = ref.current;
    if (box && isAtEnd.current) box.scrollTop = box.scrollHeight;
  }, [lines]);
  return ref;
}
