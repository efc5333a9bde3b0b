import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeOfDay } from '../i18n/time';
import type { Connectivity } from './contracts';
import { Blockers, Fact } from './facts';
import type { Route } from './verdict';

const BROWSERS_MAX = 5;

interface Props {
  ownRoute: Route;
  provenAt: Date | null;
  actors: readonly Connectivity[];
}

/** Who can be reached. Nothing here says what is shown there. */
export function ConnectivitySection({ ownRoute, provenAt, actors }: Props): ReactElement {
  const { t } = useTranslation();
  const timeOfDay = useTimeOfDay();
  const browsers = actors.filter(({ kind }) => kind === 'browser_control_route');
  const unsteady = browsers.filter(({ transport }) => transport !== 'ready');
  const nodes = actors.filter(({ kind }) => kind !== 'browser_control_route');
  return (
    <>
      <dl className="facts">
        <Fact label={t('status.thisPage')} word={ownRoute}>
          {t(`status.ownRoute.${ownRoute}`)}{' '}
          {ownRoute !== 'ready' &&
            provenAt &&
            t('status.provenAt', { time: timeOfDay(provenAt) })}
        </Fact>
        {nodes.map((actor) => (
          <Actor key={`${actor.kind} ${actor.scopeId}`} actor={actor} />
        ))}
        {browsers.length > 0 && (
          <Fact
            label={t('status.browsers', { count: browsers.length })}
            word={unsteady.length === 0 ? 'ready' : 'degraded'}
          >
            {unsteady.length === 0
              ? t('status.browsersReady')
              : t('status.browsersUnsteady', { count: unsteady.length })}
          </Fact>
        )}
        {unsteady.slice(0, BROWSERS_MAX).map((actor) => (
          <Actor key={`${actor.kind} ${actor.scopeId}`} actor={actor} />
        ))}
      </dl>
      <Blockers blockers={[...new Set(actors.flatMap(({ blockers }) => blockers))]} />
    </>
  );
}

function Actor({ actor }: { actor: Connectivity }): ReactElement {
  const { t } = useTranslation();
  const { kind, scopeId, transport, transition, planned, servedBy } = actor;
  const isOff = transition === 'disabled';
  return (
    <Fact
      label={
        <>
          {kind ? t(`status.actor.${kind}`) : '?'} <bdi className="scope">{scopeId}</bdi>
        </>
      }
      word={isOff ? transition : transport}
    >
      {!isOff && transport && t(`status.transport.${transport}`)}{' '}
      {transition && transition !== 'ready' && t(`status.transition.${transition}`)}{' '}
      {planned && t(`status.planned.${planned}`)}{' '}
      {servedBy && t('status.servedBy', { part: servedBy })}
    </Fact>
  );
}
