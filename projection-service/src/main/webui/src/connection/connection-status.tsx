import type { ConnectionView } from 'hub-client';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeOfDay } from '../i18n/time';
import type { StatusLine } from '../status/verdict';
import { Button } from '../ui/button';

interface BannerProps {
  view: ConnectionView;
  line: StatusLine;
  webspace: string;
  onRetry: () => void;
  onOtherToken: () => void;
}

/** Why what is shown may be old, since when, and what to do. Nothing while all is well. */
export function ConnectionBanner({
  view,
  line: { overall, doubt },
  webspace,
  onRetry,
  onOtherToken,
}: BannerProps): ReactElement | null {
  const { t } = useTranslation();
  const detail = useDetail(view, webspace);
  if (view.state === 'connecting' || (view.state === 'live' && !doubt)) return null;
  return (
    <div className="banner" data-state={overall} data-testid="connection-detail">
      <p>{doubt ? t(`connection.${doubt}`) : detail}</p>
      {view.state === 'offline' && (
        <p className="banner-next">
          {view.retryInSeconds === null || view.retryInSeconds === 0
            ? t('connection.reconnecting')
            : t('connection.reconnectIn', { count: view.retryInSeconds })}
        </p>
      )}
      {view.state === 'offline' && view.retryInSeconds !== null && (
        <Button onPress={onRetry}>{t('connection.retry')}</Button>
      )}
      {view.state === 'refused' && (
        <Button onPress={onOtherToken}>{t('connection.otherToken')}</Button>
      )}
    </div>
  );
}

/** That the room went back to an older state; the document that is shown is a new one. */
export function WentBackNote(): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="banner" role="status" data-state="aging" data-testid="went-back">
      <p>{t('connection.wentBack')}</p>
    </div>
  );
}

function useDetail({ state, provenAt, refusal }: ConnectionView, webspace: string): string {
  const { t } = useTranslation();
  const timeOfDay = useTimeOfDay();
  switch (state) {
    case 'live':
    case 'connecting':
      return '';
    case 'aging':
      return t('connection.agingDetail');
    case 'stale':
      return t('connection.staleDetail', { time: provenAt ? timeOfDay(provenAt) : '–' });
    case 'offline':
      return provenAt
        ? t('connection.offlineDetail', { time: timeOfDay(provenAt) })
        : t('connection.offlineNoData');
    case 'refused':
      switch (refusal?.code) {
        case 4401:
          return t('connection.refused401');
        case 4403:
          return t('connection.refused403', { webspace });
        case 4404:
          return t('connection.refused404', { webspace });
        default:
          return t('connection.refused400', { code: refusal?.code ?? '?' });
      }
  }
}
