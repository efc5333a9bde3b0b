import { roomUrl } from 'hub-client';
import { type ReactElement, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectionBanner, WentBackNote } from '../connection/connection-status';
import { useConnection, useReader, useRuntime } from '../connection/use-connection';
import { EventSocket, eventUrl } from '../events/event-socket';
import { ServiceClient } from '../http/service-client';
import { MarketplaceDialog } from '../marketplace/marketplace-dialog';
import { useInstalls } from '../marketplace/use-installs';
import type { ShelfSource } from '../marketplace/use-shelf';
import { NotificationHistory } from '../notifications/notification-history';
import { Toasts, useToasts } from '../notifications/toasts';
import { commandOperation } from '../operations/commands';
import type { OperationCommand } from '../operations/operation-item';
import { OperationsBoard } from '../operations/operations-board';
import { StatusDialog } from '../status/status-dialog';
import { TrustContext, useShellStatus, useStatusWatch } from '../status/use-status';
import { type Known, lineOf, trustOf } from '../status/verdict';
import { Button } from '../ui/button';
import { Icon } from '../ui/icons';
import type { PanelConfig } from './config';
import { Header } from './header';

interface Props {
  config: PanelConfig;
  token: string;
  onOtherToken: () => void;
}

/** The panel of one webspace, with a session. */
export function Hub({ config, token, onOtherToken }: Props): ReactElement {
  const { webspace } = config;
  const [view, connection] = useConnection({ url: roomUrl(webspace, document.baseURI), token });
  const reader = useReader(view.doc);
  const { operations, notifications } = useRuntime(reader);
  const shell = useShellStatus(reader);
  const [report, watch] = useStatusWatch(webspace, token, shell);
  const known = useMemo<Known>(
    () => ({ link: view.state, shell, report }),
    [view.state, shell, report],
  );
  const line = lineOf(known);
  const trust = trustOf('operations', known);
  const [isStatusOpen, setStatusOpen] = useState(false);
  const openStatus = useCallback(() => setStatusOpen(true), []);
  const trusting = useMemo(() => ({ known, open: openStatus }), [known, openStatus]);
  const marketplace = useMemo(() => shelfSource(config, token), [config, token]);
  const commands = useMemo(() => new ServiceClient(config.operationsUrl, token), [config, token]);
  const command: OperationCommand = useCallback(
    (operation, verb) => commandOperation(commands, operation.id, verb),
    [commands],
  );
  const installs = useInstalls(commands, webspace, {
    operations,
    isFresh: trust === 'fresh',
  });
  const [isOpen, setOpen] = useState(false);
  const isKnown = view.provenAt !== null;
  useToasts(isKnown ? notifications : null);
  return (
    <TrustContext value={trusting}>
      <Header session={{ webspace, line, onStatus: openStatus }} />
      <main className="page">
        <ConnectionBanner
          {...{ view, line, webspace }}
          onRetry={connection.retryNow}
          onOtherToken={onOtherToken}
        />
        {view.wentBack && <WentBackNote />}
        <PageHead onMarketplace={() => setOpen(true)} />
        <div className="board" data-freshness={trust}>
          <OperationsBoard {...{ operations, isKnown, command }} />
          <NotificationHistory {...{ notifications, operations, isKnown }} />
        </div>
      </main>
      <MarketplaceDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        {...{ marketplace, operations, installs }}
        connection={line.overall === 'unknown' ? 'stale' : line.overall}
        doubt={line.doubt}
      />
      <StatusDialog
        isOpen={isStatusOpen}
        onClose={() => setStatusOpen(false)}
        {...{ line, report }}
        provenAt={view.provenAt}
        onRead={watch.read}
      />
      <Toasts operations={operations} />
    </TrustContext>
  );
}

/** Rows of the marketplace, and the streams that say when they change. */
function shelfSource({ marketplaceUrl, webspace }: PanelConfig, token: string): ShelfSource {
  const events = new EventSocket({ url: eventUrl(), token });
  return {
    client: new ServiceClient(marketplaceUrl, token),
    changes: (kind) => (listener) =>
      events.listen(`webio.stream.${webspace}.infrastate.marketplace.${kind}s`, listener),
  };
}

function PageHead({ onMarketplace }: { onMarketplace: () => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="page-head">
      <div>
        <h1>{t('app.title')}</h1>
        <p className="muted">{t('app.lead')}</p>
      </div>
      <div className="page-actions">
        <div className="page-buttons">
          <Button isDisabled data-testid="update-all" aria-describedby="update-all-reason">
            {t('actions.updateAll')}
          </Button>
          <Button look="primary" data-testid="open-marketplace" onPress={onMarketplace}>
            <Icon name="store" />
            {t('actions.marketplace')}
          </Button>
        </div>
        <p className="muted reason" id="update-all-reason">
          {t('actions.updateAllReason')}
        </p>
      </div>
    </div>
  );
}
