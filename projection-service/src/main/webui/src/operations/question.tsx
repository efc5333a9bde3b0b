import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, problemOf } from '../http/problem';
import { ProblemNote } from '../http/problem-note';
import { useTimeOfDay } from '../i18n/time';
import { Button } from '../ui/button';
import type { Operation, OperationInput } from './operation';

interface Props {
  operation: Operation;
  input: OperationInput;
  answer: (operation: Operation, value: string) => Promise<void>;
}

/** What an operation wants to know before it goes on, with one button for each answer. */
export function Question({ operation, input, answer }: Props): ReactElement {
  const { t } = useTranslation();
  const timeOfDay = useTimeOfDay();
  const promptId = useId();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = (value: string) => {
    setBusy(true);
    setProblem(null);
    answer(operation, value)
      .catch((failure: unknown) => setProblem(problemOf(failure)))
      .finally(() => setBusy(false));
  };
  return (
    <div
      className="question"
      role="group"
      aria-labelledby={promptId}
      data-testid={`question-${operation.id}`}
    >
      <p id={promptId}>
        <bdi>{input.prompt}</bdi>
      </p>
      {input.expiresAt && (
        <p className="muted">
          {t('operations.answerUntil', { time: timeOfDay(input.expiresAt) })}
        </p>
      )}
      <div className="question-choices">
        {input.choices.map(({ value, label }) => (
          <Button
            key={value}
            aria-disabled={busy}
            aria-describedby={promptId}
            data-testid={`answer-${value}`}
            onPress={() => {
              if (!busy) send(value);
            }}
          >
            <bdi>{label || value}</bdi>
          </Button>
        ))}
      </div>
      {problem && <ProblemNote problem={problem} />}
    </div>
  );
}
