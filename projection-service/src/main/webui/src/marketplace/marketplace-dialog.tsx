import type { LinkState } from 'hub-client';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isActive, type Operation } from '../operations/operation';
import type { OperationCommands } from '../operations/operation-item';
import { StatusBadge } from '../status/status-line';
import type { Doubt, Trust } from '../status/verdict';
import { FramedDialog } from '../ui/framed-dialog';
import { Filters } from './filters';
import type { ArtifactKind, MarketplaceRow } from './row';
import { ROWS_MAX, Section } from './section';
import type { ShelfView } from './shelf';
import { ShelfNotes } from './shelf-notes';
import { UninstallDialog } from './uninstall-dialog';
import type { Installs } from './use-installs';
import type { NodeChoice } from './use-nodes';
import { type ShelfFilter, type ShelfSource, useShelf } from './use-shelf';

const ROWS_FIRST = 100;

interface Props {
  marketplace: ShelfSource;
  operations: readonly Operation[];
  installs: Installs;
  nodes: NodeChoice;
  answer: OperationCommands['answer'];
  connection: LinkState;
  /** Why the document may be old although the connection is live. */
  doubt: Doubt | null;
}

/** The dialog that finds and installs skills and scenarios. */
export function MarketplaceDialog({
  isOpen,
  onClose,
  ...rest
}: Props & { isOpen: boolean; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <FramedDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('marketplace.title')}
      lead={t('marketplace.lead')}
      testId="marketplace-dialog"
    >
      <Content {...rest} />
    </FramedDialog>
  );
}

function Content(props: Props): ReactElement {
  const { marketplace, operations, installs, nodes, connection, doubt } = props;
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [all, setAll] = useState(false);
  const [leaving, setLeaving] = useState<MarketplaceRow | null>(null);
  const { node } = nodes;
  const { forgetEnded } = installs;
  // What ended while the dialog was open is shown as it ended; the next opening starts afresh.
  useEffect(() => forgetEnded, [forgetEnded]);
  const filter = { search: search.trim(), all, node, refreshOn: namesOfEnded(operations) };
  const [skills, moreSkills] = useGrowingShelf(marketplace, 'skill', filter);
  const [scenarios, moreScenarios] = useGrowingShelf(marketplace, 'scenario', filter);
  const common = {
    ...{ operations, installs, node, all },
    search: filter.search,
    onUninstall: setLeaving,
    answer: props.answer,
  };
  return (
    <>
      <Filters {...{ search, all, nodes }} onSearch={setSearch} onAll={setAll} />
      {connection !== 'live' && connection !== 'aging' && (
        <p className="note" role="status">
          {doubt
            ? t(`connection.${doubt}`)
            : t('marketplace.notLive', { state: t(`connection.${connection}`) })}
        </p>
      )}
      <ShelfNotes shelves={[skills, scenarios]} />
      <div className="dialog-trust">
        <StatusBadge surface="marketplace" own={trustIn([skills, scenarios])} />
      </div>
      <div className="dialog-scroll">
        <Section kind="skill" shelf={skills} onMore={moreSkills} {...common} />
        <Section kind="scenario" shelf={scenarios} onMore={moreScenarios} {...common} />
      </div>
      <UninstallDialog
        row={leaving}
        node={node}
        onConfirm={(row) => installs.wish(row, 'uninstall')}
        onClose={() => setLeaving(null)}
      />
    </>
  );
}

/** How far the lists can be trusted by what the marketplace itself has answered. */
function trustIn(shelves: readonly ShelfView[]): Trust {
  if (shelves.some(({ problem, staleSources }) => problem || staleSources.length > 0))
    return 'stale';
  return shelves.every(({ answeredAt }) => answeredAt) ? 'fresh' : 'unknown';
}

/** An operation that ended has changed what is installed: no need to wait for the next turn. */
function namesOfEnded(operations: readonly Operation[]): string {
  return operations
    .filter((operation) => !isActive(operation))
    .map(({ id }) => id)
    .join(' ');
}

function useGrowingShelf(
  source: ShelfSource,
  kind: ArtifactKind,
  filter: ShelfFilter,
): [ShelfView, () => void] {
  const [limit, setLimit] = useState(ROWS_FIRST);
  const view = useShelf(source, { kind, limit, ...filter });
  return [view, () => setLimit(Math.min(ROWS_MAX, limit + ROWS_FIRST))];
}
