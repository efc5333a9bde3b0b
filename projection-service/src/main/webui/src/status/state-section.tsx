import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeOfDay } from '../i18n/time';
import type { Evidence, Source, StateSync, WebspaceStatus } from './contracts';
import { Blockers, Fact, Figure, useFigures } from './facts';
import type { Trust } from './verdict';

interface Props {
  trust: Trust;
  status: WebspaceStatus | null;
}

/** Whether what is shown is complete, correct and current, and what that is known from. */
export function StateSection({ trust, status }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <p>{t(`status.trust.${trust}`)}</p>
      {status && (
        <>
          <Words sync={status.stateSync} />
          <Blockers
            blockers={[
              ...new Set([...status.stateSync.blockers, ...status.evidence.room.blockers]),
            ]}
          />
          <h4>{t('status.sources')}</h4>
          <dl className="facts" data-testid="sources">
            {status.evidence.sources.map((source) => (
              <SourceFact key={source.name} source={source} />
            ))}
          </dl>
          <h4>{t('status.evidence')}</h4>
          <Figures sync={status.stateSync} evidence={status.evidence} />
        </>
      )}
    </>
  );
}

function Words({ sync }: { sync: StateSync }): ReactElement {
  const { t } = useTranslation();
  const { freshness, semantic, firstSync, transport, fallback } = sync;
  return (
    <dl className="facts">
      <Fact label={t('status.label.freshness')} word={freshness}>
        {freshness && t(`status.freshness.${freshness}`)}
      </Fact>
      <Fact label={t('status.label.semantic')} word={semantic}>
        {semantic && t(`status.semantic.${semantic}`)}
      </Fact>
      <Fact label={t('status.label.firstSync')} word={firstSync}>
        {firstSync && t(`status.firstSync.${firstSync}`)}
      </Fact>
      <Fact label={t('status.label.attachment')} word={transport}>
        {transport && t(`status.attachment.${transport}`)}
      </Fact>
      <Fact label={t('status.label.fallback')} word={fallback}>
        {fallback && t(`status.fallback.${fallback}`)}
      </Fact>
    </dl>
  );
}

function SourceFact({ source }: { source: Source }): ReactElement {
  const { t } = useTranslation();
  const { span, count } = useFigures();
  const { name, state, ageMs, sequence } = source;
  return (
    <Fact label={t(`status.source.${name}`)} word={state}>
      {state && t(`status.sourceState.${state}`)}{' '}
      {ageMs !== null && t('status.heardAgo', { span: span(ageMs) })}{' '}
      {sequence !== null && t('status.sequence', { number: count(sequence) })}
    </Fact>
  );
}

function Figures({ sync, evidence }: { sync: StateSync; evidence: Evidence }): ReactElement {
  const { t } = useTranslation();
  const timeOfDay = useTimeOfDay();
  const { span, count } = useFigures();
  const { generation, sessions, room, snapshotFallbackTotal } = evidence;
  const moment = (at: Date | null) => (at ? timeOfDay(at) : '–');
  return (
    <dl className="figures">
      <Figure label={t('status.figure.generation')}>
        {generation === null ? '–' : count(generation)}
      </Figure>
      <Figure label={t('status.figure.lastGood')}>{moment(sync.lastGoodSyncAt)}</Figure>
      <Figure label={t('status.figure.lastShown')}>{moment(sync.lastMaterializationAt)}</Figure>
      <Figure label={t('status.figure.sessions')}>{count(sessions.count)}</Figure>
      <Figure label={t('status.figure.acknowledged')}>{count(sessions.acknowledged)}</Figure>
      <Figure label={t('status.figure.plain')}>{count(sessions.plain)}</Figure>
      <Figure label={t('status.figure.behind')}>{count(sessions.behind)}</Figure>
      <Figure label={t('status.figure.unproven')}>{span(sessions.oldestUnprovenMs)}</Figure>
      <Figure label={t('status.figure.room')}>
        {t(room.live ? 'status.figure.open' : 'status.figure.asleep')}
      </Figure>
      <Figure label={t('status.figure.log')}>
        {t(room.log ? 'status.figure.writes' : 'status.figure.fails')}
      </Figure>
      <Figure label={t('status.figure.replay')}>
        <code>{sync.replay || '–'}</code>
      </Figure>
      <Figure label={t('status.figure.fallbacks')}>{count(snapshotFallbackTotal)}</Figure>
    </dl>
  );
}
