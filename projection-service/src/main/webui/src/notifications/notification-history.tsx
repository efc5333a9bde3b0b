import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ago } from '../i18n/time';
import { Empty } from '../ui/empty';
import { Icon } from '../ui/icons';
import { useNow } from '../ui/use-now';
import { LEVEL_ICON } from './level-icon';
import type { Notification } from './notification';

/** What was told, newest first. */
export function NotificationHistory({ notifications }: { notifications: readonly Notification[] }): ReactElement {
  const { t, i18n } = useTranslation();
  const now = useNow();
  return (
    <section className="card" aria-labelledby="notifications">
      <h2 id="notifications">{t('notifications.title')}</h2>
      {notifications.length === 0
        ? <Empty icon="bell" title={t('notifications.none')} hint={t('notifications.noneHint')} />
        : (
          <ol className="plain">
            {notifications.map((one) => (
              <li
                key={one.id}
                className="notification"
                data-testid="notification"
                data-level={one.level}
                data-operation={one.operationId}
              >
                <span className="notification-icon"><Icon name={LEVEL_ICON[one.level]} /></span>
                <div>
                  <p>
                    <span className="visually-hidden">{t(`notifications.level.${one.level}`)}: </span>
                    <bdi>{one.message}</bdi>
                  </p>
                  {one.at && (
                    <time className="muted" dateTime={one.at.toISOString()}>
                      {ago(one.at, now, i18n.language)}
                    </time>
                  )}
                </div>
              </li>
            ))}
          </ol>
        )}
    </section>
  );
}
