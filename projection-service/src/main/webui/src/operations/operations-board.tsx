import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusBadge } from '../status/status-line';
import { CommandLine, PUSH_COMMAND } from '../ui/command-line';
import { Empty, Unknown } from '../ui/empty';
import { useNow } from '../ui/use-now';
import { families, type Family, isActive, newestFirst, type Operation } from './operation';
import { type OperationCommands, OperationItem } from './operation-item';
import { useVisibleMarks } from './use-visible-marks';

interface Props {
  operations: readonly Operation[];
  /** False until the document was seen once: nothing may be claimed before. */
  isKnown: boolean;
  commands: OperationCommands;
}

/** What is under way, and what ended of late. */
export function OperationsBoard({ operations, isKnown, commands }: Props): ReactElement {
  const { t } = useTranslation();
  const now = useNow();
  useVisibleMarks(operations);
  const all = families(operations);
  const byHead = new Map(all.map((family) => [family.head, family]));
  const active = all.filter(isUnderWay);
  const recent = newestFirst(
    all.filter((family) => !isUnderWay(family)).map(({ head }) => head),
  ).map((head) => byHead.get(head)!);
  const items = (some: readonly Family[]) => (
    <ul className="plain">
      {some.map(({ head, children }) => (
        <OperationItem key={head.id} operation={head} now={now} commands={commands}>
          {children.length > 0 ? (
            <ul
              className="plain operation-children"
              aria-label={t('operations.children', { count: children.length })}
            >
              {children.map((one) => (
                <OperationItem key={one.id} operation={one} now={now} commands={commands} />
              ))}
            </ul>
          ) : null}
        </OperationItem>
      ))}
    </ul>
  );
  return (
    <div className="stack">
      <section className="card" aria-labelledby="active-operations" data-testid="active-operations">
        <div className="card-head">
          <h2 id="active-operations">
            {t('operations.active')}
            {active.length > 0 && <span className="count">{active.length}</span>}
          </h2>
          <StatusBadge surface="operations" />
        </div>
        {!isKnown ? (
          <Unknown />
        ) : active.length > 0 ? (
          items(active)
        ) : (
          <Empty
            icon="clock"
            title={t('operations.noneActive')}
            hint={t('operations.noneActiveHint')}
          />
        )}
      </section>
      <section className="card" aria-labelledby="recent-operations" data-testid="recent-operations">
        <div className="card-head">
          <h2 id="recent-operations">{t('operations.recent')}</h2>
        </div>
        {!isKnown ? (
          <Unknown />
        ) : recent.length > 0 ? (
          items(recent)
        ) : (
          <Empty
            icon="store"
            title={t('operations.noneRecent')}
            hint={t('operations.noneRecentHint')}
          >
            <CommandLine command={PUSH_COMMAND} />
          </Empty>
        )}
      </section>
    </div>
  );
}

/** While one of them goes on, a family is not over. */
function isUnderWay({ head, children }: Family): boolean {
  return isActive(head) || children.some(isActive);
}
