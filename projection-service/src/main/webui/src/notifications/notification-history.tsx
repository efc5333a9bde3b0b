import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ago } from '../i18n/time';
import type { Operation } from '../operations/operation';
import { ProblemNote } from '../http/problem-note';
import { StatusBadge } from '../status/status-line';
import { Button } from '../ui/button';
import { Empty, Unknown } from '../ui/empty';
import { Icon } from '../ui/icons';
import { useNow } from '../ui/use-now';
import { useHeadline } from './headline';
import { LEVEL_ICON } from './level-icon';
import type { Notification } from './notification';
import type { Reading } from './use-reading';

interface Props {
  notifications: readonly Notification[];
  operations: readonly Operation[];
  reading: Reading;
  /** False until the document was seen once: nothing may be claimed before. */
  isKnown: boolean;
}

/** What was told, newest first. */
export function NotificationHistory(props: Props): ReactElement {
  const { notifications, operations, reading, isKnown } = props;
  const { t } = useTranslation();
  const now = useNow();
  const headline = useHeadline(operations);
  const unread = notifications.filter((one) => !reading.isRead(one));
  const [newest] = notifications;
  return (
    <section className="card" aria-labelledby="notifications">
      <div className="card-head">
        <h2 id="notifications">
          {t('notifications.title')}
          {unread.length > 0 && (
            <span className="count" data-testid="unread">
              {unread.length}
              <span className="visually-hidden">
                {' '}
                {t('notifications.unread', { count: unread.length })}
              </span>
            </span>
          )}
        </h2>
        <StatusBadge surface="notifications" />
      </div>
      {reading.problem && <ProblemNote problem={reading.problem} />}
      {newest && unread.length > 0 && (
        <div className="notification-all">
          <Button
            look="quiet"
            data-testid="read-all"
            onPress={() => reading.readThrough(newest)}
          >
            {t('notifications.readAll')}
          </Button>
        </div>
      )}
      {!isKnown ? (
        <Unknown />
      ) : notifications.length === 0 ? (
        <Empty icon="bell" title={t('notifications.none')} hint={t('notifications.noneHint')} />
      ) : (
        <ol className="plain">
          {notifications.map((one) => (
            <NotificationItem
              key={one.id}
              notification={one}
              {...headline(one)}
              now={now}
              onRead={reading.isRead(one) ? null : () => reading.read(one)}
            />
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
  /** Null when it was read already. */
  onRead: (() => void) | null;
}

function NotificationItem({ notification, title, detail, now, onRead }: ItemProps): ReactElement {
  const { t, i18n } = useTranslation();
  const { level, at, operationId } = notification;
  return (
    <li
      className="notification"
      data-testid="notification"
      data-level={level}
      data-operation={operationId}
      data-read={onRead === null}
    >
      <span className="notification-icon">
        <Icon name={LEVEL_ICON[level]} />
      </span>
      <div>
        <p>
          <span className="visually-hidden">
            {onRead && `${t('notifications.isUnread')} `}
            {t(`notifications.level.${level}`)}:{' '}
          </span>
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
      {onRead && (
        <Button
          look="icon"
          data-testid="read"
          aria-label={t('notifications.readOne', { title })}
          onPress={onRead}
        >
          <Icon name="check" />
        </Button>
      )}
    </li>
  );
}
