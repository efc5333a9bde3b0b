import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { YjsPressure } from './contracts';
import { Fact, useFigures } from './facts';

const ROWS_MAX = 8;

/** Who wrote into the document of late, the most severe first; null before anything is known. */
export function PressureSection({ rows }: { rows: readonly YjsPressure[] | null }): ReactElement {
  const { t } = useTranslation();
  if (rows === null) return <p>{t('status.trust.unknown')}</p>;
  if (rows.length === 0) return <p>{t('status.nobodyWrote')}</p>;
  const left = rows.length - ROWS_MAX;
  return (
    <>
      <dl className="facts" data-testid="owners">
        {rows.slice(0, ROWS_MAX).map((row) => (
          <Owner key={`${row.owner} ${row.direct}`} row={row} />
        ))}
      </dl>
      {left > 0 && <p className="muted">{t('status.moreOwners', { count: left })}</p>}
    </>
  );
}

function Owner({ row }: { row: YjsPressure }): ReactElement {
  const { t } = useTranslation();
  const { size, count } = useFigures();
  const { owner, direct, policy, reason, blockedRoots, throttledRoots } = row;
  return (
    <Fact
      label={
        <>
          <bdi className="scope">{owner}</bdi> {direct && t('status.direct')}
        </>
      }
      word={policy}
    >
      {policy && t(`status.policy.${policy}`)} {reason && t(`status.reason.${reason}`)}{' '}
      <span className="muted">
        {t('status.wrote', {
          bytes: size(row.recentBytes),
          writes: count(row.recentWrites),
          peakBytes: size(row.peakBps),
          peakWrites: count(row.peakWps),
        })}
      </span>
      {blockedRoots.length > 0 && (
        <span className="roots" data-testid="blocked-roots">
          {t('status.blockedRoots')} <code>{blockedRoots.join(', ')}</code>
        </span>
      )}
      {throttledRoots.length > 0 && (
        <span className="roots">
          {t('status.throttledRoots')} <code>{throttledRoots.join(', ')}</code>
        </span>
      )}
    </Fact>
  );
}
