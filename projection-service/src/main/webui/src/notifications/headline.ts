import { useTranslation } from 'react-i18next';
import { useOperationLabels } from '../operations/labels';
import { isActive, type Operation } from '../operations/operation';
import type { Notification } from './notification';

const KINDS = ['skill', 'scenario'] as const;
const VERBS = ['install', 'update', 'uninstall'] as const;

export interface Headline {
  title: string;
  /** What the service says beyond the title; may be empty. */
  detail: string;
}

/**
 * Says a notification in the reader's language where its operation is known, and in the words of
 * the service where it is not. A success needs no second line.
 */
export function useHeadline(
  operations: readonly Operation[],
): (notification: Notification) => Headline {
  const { t } = useTranslation();
  const labels = useOperationLabels();
  return ({ operationId, level, targetKind, targetId, message }) => {
    const operation = operations.find((one) => one.id === operationId);
    if (!operation || isActive(operation)) return { title: message, detail: '' };
    const detail = level === 'success' ? '' : operation.error?.message || message;
    const verb = VERBS.find((known) => operation.kind.endsWith(`.${known}`));
    const kind = KINDS.find((known) => known === targetKind);
    if (!verb || !kind || level === 'warning') {
      const [title, status] = [labels.title(operation), labels.status(operation)];
      return { title: t('notifications.other', { title, status }), detail };
    }
    const subject = { kind: t(`kind.${kind}`), id: targetId };
    return { title: t(`notifications.${level}.${verb}`, subject), detail };
  };
}
