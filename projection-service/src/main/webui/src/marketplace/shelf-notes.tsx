import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeOfDay } from '../i18n/time';
import type { ShelfView } from './shelf';

/** What keeps the lists from being the truth of this moment; nothing when nothing does. */
export function ShelfNotes({ shelves }: { shelves: readonly ShelfView[] }): ReactElement | null {
  const { t } = useTranslation();
  const timeOfDay = useTimeOfDay();
  const silent = shelves.find((shelf) => shelf.problem !== null);
  const lost = [...new Set(shelves.flatMap((shelf) => shelf.staleSources))];
  if (silent) {
    return (
      <p className="note" role="status" data-testid="listing-stale">
        {silent.answeredAt
          ? t('marketplace.notAnswering', { time: timeOfDay(silent.answeredAt) })
          : t('marketplace.notAnsweringEmpty')}{' '}
        <bdi>{silent.problem?.detail}</bdi>
      </p>
    );
  }
  if (lost.length > 0) {
    return (
      <p className="note" role="status" data-testid="sources-stale">
        {t('marketplace.sourcesStale', { count: lost.length, sources: lost.join(', ') })}
      </p>
    );
  }
  const asked = shelves.find((shelf) => shelf.isPolled && shelf.answeredAt);
  if (asked?.answeredAt) {
    return (
      <p className="note" role="status" data-testid="listing-polled">
        {t('marketplace.polled', { time: timeOfDay(asked.answeredAt) })}
      </p>
    );
  }
  return shelves.some((shelf) => shelf.answeredAt) ? null : (
    <p className="loading muted" role="status">
      {t('marketplace.loading')}
    </p>
  );
}
