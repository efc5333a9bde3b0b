import { useTranslation } from 'react-i18next';
import type { Operation } from './operation';

const STEPS = ['prepare', 'resolve', 'fetch', 'verify', 'unpack', 'activate', 'record'] as const;
const VERBS = ['install', 'update', 'uninstall'] as const;

export interface OperationLabels {
  title: (operation: Operation) => string;
  status: (operation: Operation) => string;
  /** The current step, in the reader's language when it is a known one. */
  step: (operation: Operation) => string;
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
    step: ({ currentStep, status }) => {
      const known = STEPS.find((step) => step === currentStep);
      if (known) return t(`operations.step.${known}`);
      return currentStep || t(`operations.status.${status}`);
    },
  };
}
