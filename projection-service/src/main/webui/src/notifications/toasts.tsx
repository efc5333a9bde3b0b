import { type ReactElement, useEffect, useRef } from 'react';
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../operations/operation';
import { Button } from '../ui/button';
import { Icon } from '../ui/icons';
import { useHeadline } from './headline';
import { LEVEL_ICON } from './level-icon';
import { NewcomerWatch, type Notification } from './notification';

const SHOWN_AT_ONCE_MAX = 4;
const SHOWN_FOR_MS: Record<Notification['level'], number> = {
  success: 6_000,
  warning: 20_000,
  error: 20_000,
};

const queue = new ToastQueue<Notification>({ maxVisibleToasts: SHOWN_AT_ONCE_MAX });

/**
 * Pops up what is new, for a while that stands still under the pointer or the focus; the history
 * keeps it.
 *
 * @param notifications newest first; null until the first sync, so that history does not pop up
 */
export function useToasts(notifications: readonly Notification[] | null): void {
  const watch = useRef(new NewcomerWatch());
  useEffect(() => {
    if (notifications === null) return;
    for (const one of watch.current.newIn(notifications)) {
      queue.add(one, { timeout: SHOWN_FOR_MS[one.level] });
    }
  }, [notifications]);
}

export function Toasts({ operations }: { operations: readonly Operation[] }): ReactElement {
  const { t } = useTranslation();
  const headline = useHeadline(operations);
  return (
    <ToastRegion queue={queue} className="toasts" aria-label={t('notifications.region')}>
      {({ toast }) => {
        const { title, detail } = headline(toast.content);
        return (
          <Toast
            toast={toast}
            className="toast"
            data-testid="toast"
            data-level={toast.content.level}
          >
            <span className="notification-icon">
              <Icon name={LEVEL_ICON[toast.content.level]} />
            </span>
            <ToastContent className="toast-content">
              <Text slot="title">
                <bdi>{title}</bdi>
              </Text>
              {detail && (
                <Text slot="description">
                  <bdi>{detail}</bdi>
                </Text>
              )}
            </ToastContent>
            <Button look="icon" slot="close" aria-label={t('actions.dismiss')}>
              <Icon name="cross" />
            </Button>
          </Toast>
        );
      }}
    </ToastRegion>
  );
}
