import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from './problem';

const KNOWN = [
  'unreachable',
  'unauthenticated',
  'forbidden',
  'target_busy',
  'too_many_operations',
  'artifact_not_found',
  'answer_not_understood',
] as const;

/** Why a request did not succeed: the summary in our words, the rest in the service's. */
export function ProblemNote({ problem }: { problem: Problem }): ReactElement {
  const { t } = useTranslation();
  const known = KNOWN.find((code) => code === problem.code);
  return (
    <div className="problem" role="alert" data-testid="problem" data-code={problem.code}>
      <p>{known ? t(`problem.${known}`) : t('problem.other', { code: problem.code })}</p>
      {problem.detail && (
        <p>
          <bdi>{problem.detail}</bdi>
        </p>
      )}
      {problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((fault) => (
            <li key={`${fault.path} ${fault.message}`}>
              <code>{fault.path}</code> <bdi>{fault.message}</bdi>
            </li>
          ))}
        </ul>
      )}
      {problem.remedy && (
        <p className="remedy">
          <bdi>{problem.remedy}</bdi>
        </p>
      )}
      {problem.correlationId && (
        <p className="muted">{t('problem.correlation', { id: problem.correlationId })}</p>
      )}
    </div>
  );
}
