import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ago } from '../i18n/time';
import type { Operation } from '../operations/operation';
import { StatusBadge } from '../status/status-line';
import { Empty, Unknown } from '../ui/empty';
import { Icon } from '../ui/icons';
import { useNow } from '../ui/use-now';
import { useHeadline } from './headline';
import { LEVEL_ICON } from './level-icon';
import type { Notification } from './notification';

interface Props {
  notifications: readonly Notification[];
  operations: readonly Operation[];
  /** False until the document was seen once: nothing may be claimed before. */
  isKnown: boolean;
}

/** What was told, newest first. */
export function NotificationHistory({ notifications, operations, isKnown }: Props): ReactElement {
  const { t } = useTranslation();
  const now = useNow();
  const headline = useHeadline(operations);
  return (
    <section className="card" aria-labelledby="notifications">
      <div className="card-head">
        <h2 id="notifications">{t('notifications.title')}</h2>
        <StatusBadge surface="notifications" />
      </div>
      {!isKnown ? (
        <Unknown />
      ) : notifications.length === 0 ? (
        <Empty icon="bell" title={t('notifications.none')} hint={t('notifications.noneHint')} />
      ) : (
        <ol className="plain">
          {notifications.map((one) => (
            <NotificationItem key={one.id} notification={one} {...headline(one)} now={now} />
          ))}
        </ol>
      )}
    </section>
  );
}

interface ItemProps {
  notification: Notification;
  title: string;
  detail: string;
  now: Date;
}

function NotificationItem({ notification, title, detail, now }: ItemProps): ReactElement {
  const { t, i18n } = useTranslation();
  const { level, at, operationId } = notification;
  return (
    <li
      className="notification"
      data-testid="notification"
      data-level={level}
      data-operation={operationId}
    >
      <span className="notification-icon">
        <Icon name={LEVEL_ICON[level]} />
      </span>
      <div>
        <p>
          <span className="visually-hidden">{t(`notifications.level.${level}`)}: </span>
          <bdi>{title}</bdi>
        </p>
        {detail && (
          <p className="notification-detail muted">
            <bdi>{detail}</bdi>
          </p>
        )}
        {at && (
          <time
            className="muted"
            dateTime={at.toISOString()}
            title={at.toLocaleString(i18n.language)}
          >
            {ago(at, now, i18n.language)}
          </time>
        )}
      </div>
    </li>
  );
}
