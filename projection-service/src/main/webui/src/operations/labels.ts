import { useTranslation } from 'react-i18next';
import type { Operation } from './operation';

const STEPS = ['prepare', 'resolve', 'fetch', 'verify', 'unpack', 'activate', 'record'] as const;
const VERBS = ['install', 'update', 'uninstall'] as const;

export interface OperationLabels {
  title: (operation: Operation) => string;
  status: (operation: Operation) => string;
  /** The current step, in the reader's language when it is a known one, and what is said of it. */
  doing: (operation: Operation) => string;
}

export function useOperationLabels(): OperationLabels {
  const { t } = useTranslation();
  return {
    title: ({ kind, targetId }) => {
      const verb = VERBS.find((known) => kind.endsWith(`.${known}`));
      return verb
        ? t(`operations.title.${verb}`, { id: targetId })
        : t('operations.title.other', { kind, id: targetId });
    },
    status: ({ status }) => t(`operations.status.${status}`),
    doing: ({ currentStep, status, message }) => {
      if (!currentStep) return t(`operations.status.${status}`);
      const known = STEPS.find((step) => step === currentStep);
      const step = known ? t(`operations.step.${known}`) : currentStep;
      return message ? `${step} · ${message}` : step;
    },
  };
}
