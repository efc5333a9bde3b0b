import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, problemOf } from '../http/problem';
import { ProblemNote } from '../http/problem-note';
import type { UpdateAll } from '../operations/commands';
import { Button } from '../ui/button';

interface Props {
  /** How many have a newer version; null while that is not known. */
  count: number | null;
  update: () => Promise<UpdateAll>;
  /** The button beside it. */
  children: ReactElement;
}

/** *Update skills & scenarios*: why it can do nothing, or what came of it. */
export function UpdateAllActions({ count, update, children }: Props): ReactElement {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<UpdateAll | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const press = () => {
    setBusy(true);
    setDone(null);
    setProblem(null);
    update()
      .then(setDone, (failure: unknown) => setProblem(problemOf(failure)))
      .finally(() => setBusy(false));
  };
  const reason =
    count === null
      ? t('actions.updatesUnknown')
      : count === 0
        ? t('actions.upToDate')
        : t('actions.updates', { count });
  return (
    <div className="page-actions">
      <div className="page-buttons">
        <Button
          isDisabled={count === 0}
          aria-disabled={busy}
          data-testid="update-all"
          aria-describedby="update-all-reason"
          onPress={() => {
            if (!busy) press();
          }}
        >
          {t('actions.updateAll')}
        </Button>
        {children}
      </div>
      <p className="muted reason" id="update-all-reason">
        {reason}
      </p>
      {done && (
        <div className="reason" role="status" data-testid="update-all-outcome">
          <p>{t('actions.updatesStarted', { count: done.started })}</p>
          {done.refused.map((line) => (
            <p key={line}>
              <bdi>{line}</bdi>
            </p>
          ))}
        </div>
      )}
      {problem && <ProblemNote problem={problem} />}
    </div>
  );
}
