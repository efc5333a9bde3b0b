import { type ReactElement, useEffect, useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { LinkState } from '../connection/link';
import type { ServiceClient } from '../http/service-client';
import { isActive, type Operation } from '../operations/operation';
import { Button } from '../ui/button';
import { Icon } from '../ui/icons';
import { Filters } from './filters';
import { KINDS, type ArtifactKind } from './row';
import { ROWS_MAX, Section } from './section';
import type { Installs } from './use-installs';
import { useShelf } from './use-shelf';

const ROWS_FIRST = 100;

interface Props {
  marketplace: ServiceClient;
  operations: readonly Operation[];
  installs: Installs;
  connection: LinkState;
}

/** The dialog that finds and installs skills and scenarios. */
export function MarketplaceDialog({
  isOpen,
  onClose,
  ...rest
}: Props & { isOpen: boolean; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      className="overlay"
      isDismissable
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="modal">
        <Dialog className="dialog" data-testid="marketplace-dialog">
          {({ close }) => (
            <>
              <header className="dialog-head">
                <div>
                  <Heading slot="title" level={2}>
                    {t('marketplace.title')}
                  </Heading>
                  <p className="muted">{t('marketplace.lead')}</p>
                </div>
                <Button look="icon" aria-label={t('actions.close')} onPress={close}>
                  <Icon name="cross" />
                </Button>
              </header>
              <Content {...rest} />
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Content({ marketplace, operations, installs, connection }: Props): ReactElement {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [all, setAll] = useState(false);
  const { forgetEnded } = installs;
  // What ended while the dialog was open is shown as it ended; the next opening starts afresh.
  useEffect(() => forgetEnded, [forgetEnded]);
  return (
    <>
      <Filters search={search} onSearch={setSearch} all={all} onAll={setAll} />
      {connection !== 'live' && connection !== 'aging' && (
        <p className="note" role="status">
          {t('marketplace.notLive', { state: t(`connection.${connection}`) })}
        </p>
      )}
      <div className="dialog-scroll">
        {KINDS.map((kind) => (
          <KindSection
            key={kind}
            {...{ kind, marketplace, operations, installs, all }}
            search={search.trim()}
          />
        ))}
      </div>
    </>
  );
}

interface KindProps extends Omit<Props, 'connection'> {
  kind: ArtifactKind;
  search: string;
  all: boolean;
}

function KindSection({
  kind,
  marketplace,
  operations,
  installs,
  search,
  all,
}: KindProps): ReactElement {
  const [limit, setLimit] = useState(ROWS_FIRST);
  // An operation that ended has changed what is installed: no need to wait for the next turn.
  const ended = operations
    .filter((operation) => !isActive(operation))
    .map(({ id }) => id)
    .join(' ');
  const shelf = useShelf(marketplace, { kind, search, all, limit, refreshOn: ended });
  return (
    <Section
      {...{ kind, shelf, search, operations, installs }}
      onMore={() => setLimit(Math.min(ROWS_MAX, limit + ROWS_FIRST))}
    />
  );
}
