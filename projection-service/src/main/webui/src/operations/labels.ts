import { useTranslation } from 'react-i18next';
import { VERBS } from './commands';
import type { Operation } from './operation';

const STEPS = [
  'prepare',
  'resolve',
  'require',
  'fetch',
  'verify',
  'unpack',
  'activate',
  'record',
  'check',
  'remove',
  'withdraw',
  'delete',
  'ask',
  'logs',
  'pack',
] as const;

export interface OperationLabels {
  title: (operation: Operation) => string;
  status: (operation: Operation) => string;
  /** A step, in the reader's language when it is a known one. */
  step: (name: string) => string;
  /** The current step, and what is said of it. */
  doing: (operation: Operation) => string;
}

export function useOperationLabels(): OperationLabels {
  const { t } = useTranslation();
  const step = (name: string): string => {
    const known = STEPS.find((one) => one === name);
    return known ? t(`operations.step.${known}`) : name;
  };
  return {
    title: ({ kind, targetId, version }) => {
      const verb = VERBS.find((known) => kind.endsWith(`.${known}`));
      const id = version ? `${targetId} ${version}` : targetId;
      if (kind === 'diagnostics.run') return t('operations.title.diagnostics');
      return verb
        ? t(`operations.title.${verb}`, { id })
        : t('operations.title.other', { kind, id: targetId });
    },
    status: ({ status }) => t(`operations.status.${status}`),
    step,
    doing: ({ currentStep, status, message, stepIndex, stepCount }) => {
      if (!currentStep) return t(`operations.status.${status}`);
      const name =
        stepCount > 0 && stepIndex >= 0
          ? t('operations.stepOf', {
              at: stepIndex + 1,
              count: stepCount,
              step: step(currentStep),
            })
          : step(currentStep);
      return message ? `${name} · ${message}` : name;
    },
  };
}
