import { useTranslation } from 'react-i18next';
import type { Operation } from '../operations/operation';
import type { Notification } from './notification';

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
  return ({ operationId, level, targetKind, targetId, message }) => {
    const operation = operations.find((one) => one.id === operationId);
    const verb = VERBS.find((known) => operation?.kind.endsWith(`.${known}`));
    if (!verb || level === 'warning') return { title: message, detail: '' };
    const subject =
      targetKind === 'skill' || targetKind === 'scenario' ? t(`kind.${targetKind}`) : targetKind;
    const title = t(`notifications.${level}.${verb}`, { kind: subject, id: targetId });
    return { title, detail: level === 'success' ? '' : operation?.error?.message || message };
  };
}
