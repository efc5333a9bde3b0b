import { type ReactElement, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { activeOn, type Operation } from '../operations/operation';
import type { OperationCommands } from '../operations/operation-item';
import { Button } from '../ui/button';
import { CommandLine, PUSH_COMMAND } from '../ui/command-line';
import { Empty } from '../ui/empty';
import { type ArtifactKind, type MarketplaceRow, rowKey } from './row';
import { RowItem } from './row-item';
import type { ShelfView } from './shelf';
import type { Installs } from './use-installs';

/** The service never gives more rows than this at once. */
export const ROWS_MAX = 500;

interface Props {
  kind: ArtifactKind;
  shelf: ShelfView;
  search: string;
  all: boolean;
  operations: readonly Operation[];
  node: string;
  installs: Installs;
  onUninstall: (row: MarketplaceRow) => void;
  answer: OperationCommands['answer'];
  onMore: () => void;
}

/** The rows of one kind under their heading. */
export function Section({
  kind,
  shelf,
  search,
  all,
  operations,
  node,
  installs,
  onUninstall,
  answer,
  onMore,
}: Props): ReactElement {
  const { t } = useTranslation();
  const headingId = useId();
  const { adopt } = installs;
  useEffect(() => {
    for (const row of shelf.rows) {
      const active = activeOn(operations, row, node);
      if (active) adopt(row, active);
    }
  }, [shelf.rows, operations, node, adopt]);
  return (
    <section className="shelf" aria-labelledby={headingId} data-stale={shelf.problem !== null}>
      <h3 id={headingId}>
        {kind === 'skill' ? t('marketplace.skills') : t('marketplace.scenarios')}
        {shelf.answeredAt && (
          <span className="count">
            {shelf.total}
            <span className="visually-hidden">
              {' '}
              {t('marketplace.count', { count: shelf.total })}
            </span>
          </span>
        )}
      </h3>
      {shelf.rows.length === 0 ? (
        shelf.answeredAt && <NoRows {...{ kind, search, all }} />
      ) : (
        <ul className="plain">
          {shelf.rows.map((row) => (
            <RowItem
              key={rowKey(row)}
              row={row}
              active={activeOn(operations, row, node)}
              request={installs.requests.get(rowKey(row)) ?? null}
              onWish={installs.wish}
              onUninstall={onUninstall}
              answer={answer}
            />
          ))}
        </ul>
      )}
      <More shelf={shelf} onMore={onMore} />
    </section>
  );
}

interface NoRowsProps {
  kind: ArtifactKind;
  search: string;
  all: boolean;
}

function NoRows({ kind, search, all }: NoRowsProps): ReactElement {
  const { t } = useTranslation();
  if (search) return <p className="muted shelf-none">{t('marketplace.noMatch', { search })}</p>;
  return (
    <Empty
      icon="store"
      title={kind === 'skill' ? t('marketplace.emptySkills') : t('marketplace.emptyScenarios')}
      hint={t(all ? 'marketplace.emptyHintAll' : 'marketplace.emptyHint')}
    >
      <CommandLine
        command={kind === 'skill' ? PUSH_COMMAND : './hub push scenarios/evening_routine'}
      />
    </Empty>
  );
}

function More({ shelf, onMore }: { shelf: ShelfView; onMore: () => void }): ReactElement | null {
  const { t } = useTranslation();
  const left = shelf.total - shelf.rows.length;
  if (left <= 0) return null;
  return shelf.rows.length >= ROWS_MAX ? (
    <p className="muted">
      {t('marketplace.narrow', { shown: shelf.rows.length, total: shelf.total })}
    </p>
  ) : (
    <Button onPress={onMore}>{t('marketplace.showMore', { count: left })}</Button>
  );
}
