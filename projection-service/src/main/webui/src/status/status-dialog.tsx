import { type ReactElement, type ReactNode, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeOfDay } from '../i18n/time';
import { FramedDialog } from '../ui/framed-dialog';
import { ConnectivitySection } from './connectivity-section';
import { PressureSection } from './pressure-section';
import { StateSection } from './state-section';
import type { StatusView } from './status-watch';
import { toneOf } from './tone';
import type { StatusLine } from './verdict';

interface Props {
  line: StatusLine;
  report: StatusView;
  /** When the room last proved how far this page is; null before the first time. */
  provenAt: Date | null;
  /** Told when the details begin and end to be read. */
  onRead: (isRead: boolean) => void;
}

/** The three contracts with what proves them, each with its own answer. */
export function StatusDialog({
  isOpen,
  onClose,
  ...rest
}: Props & { isOpen: boolean; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <FramedDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('status.heading')}
      lead={t('status.lead')}
      testId="status-dialog"
      className="modal modal-status"
    >
      <Content {...rest} />
    </FramedDialog>
  );
}

function Content({ line, report, provenAt, onRead }: Props): ReactElement {
  const { t } = useTranslation();
  useEffect(() => {
    onRead(true);
    return () => onRead(false);
  }, [onRead]);
  const { route, ownRoute, state, pressure } = line;
  const { status } = report;
  return (
    <>
      <Answered report={report} />
      <div
        className="dialog-scroll contracts"
        // Reached by keyboard, so that it can be scrolled: most of it is not pressable.
        tabIndex={0}
        role="group"
        aria-label={t('status.heading')}
      >
        <Contract name="route" word={route} answer={t(`status.route.${route}`)}>
          <ConnectivitySection {...{ ownRoute, provenAt }} actors={status?.connectivity ?? []} />
        </Contract>
        <Contract name="state" word={state} answer={t(`status.state.${state}`)}>
          <StateSection trust={state} status={status} />
        </Contract>
        <Contract
          name="pressure"
          word={pressure}
          answer={t(`status.pressure.${pressure ?? 'unknown'}`)}
        >
          <PressureSection rows={status?.pressure ?? null} />
        </Contract>
      </div>
    </>
  );
}

/** How old the answer is that all below comes from. */
function Answered({ report }: { report: StatusView }): ReactElement {
  const { t } = useTranslation();
  const timeOfDay = useTimeOfDay();
  const { answeredAt, heard, problem } = report;
  if (answeredAt && heard === 'current' && !problem) {
    return <p className="muted status-answered">{t('status.asOf', { time: timeOfDay(answeredAt) })}</p>;
  }
  return (
    <p className="note" role="status" data-testid="status-silent">
      {answeredAt
        ? t('status.notAnswering', { time: timeOfDay(answeredAt) })
        : t('status.neverAnswered')}{' '}
      <bdi>{problem?.detail}</bdi>
    </p>
  );
}

interface ContractProps {
  name: 'route' | 'state' | 'pressure';
  word: string | null;
  answer: string;
  children: ReactNode;
}

function Contract({ name, word, answer, children }: ContractProps): ReactElement {
  const { t } = useTranslation();
  const headingId = useId();
  return (
    <section
      className="contract"
      aria-labelledby={headingId}
      data-testid={`contract-${name}`}
      data-answer={word ?? 'unknown'}
    >
      <h3 id={headingId}>
        {t(`status.title.${name}`)}
        <span className="tag" data-tone={toneOf(word)}>
          {answer}
        </span>
      </h3>
      <p className="muted">{t(`status.question.${name}`)}</p>
      {children}
    </section>
  );
}
