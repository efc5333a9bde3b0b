import { roomUrl } from 'hub-client';
import { type ReactElement, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectionBanner, WentBackNote } from '../connection/connection-status';
import { useConnection, useReader, useRuntime } from '../connection/use-connection';
import { EventSocket, eventUrl } from '../events/event-socket';
import { ServiceClient } from '../http/service-client';
import { MarketplaceDialog } from '../marketplace/marketplace-dialog';
import { UpdateAllActions } from '../marketplace/update-all';
import { useInstalls } from '../marketplace/use-installs';
import { useNodes } from '../marketplace/use-nodes';
import type { ShelfSource } from '../marketplace/use-shelf';
import { useUpdates } from '../marketplace/use-updates';
import { NotificationHistory } from '../notifications/notification-history';
import { Toasts, useToasts } from '../notifications/toasts';
import { useReading } from '../notifications/use-reading';
import {
  answerOperation,
  cancelOperation,
  requestUpdateAll,
  retryOperation,
} from '../operations/commands';
import { LogDialog, type LogSource } from '../operations/log/log-dialog';
import type { Operation } from '../operations/operation';
import type { OperationCommands } from '../operations/operation-item';
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
  const { t } = useTranslation();
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
  const [isOpen, setOpen] = useState(false);
  const [logged, setLogged] = useState<Operation | null>(null);
  const { client, marketplace, logs } = useMemo(() => services(config, token), [config, token]);
  const commands = useMemo<OperationCommands>(
    () => ({
      cancel: ({ id }) => cancelOperation(client, id),
      retry: ({ id }) => retryOperation(client, id),
      answer: ({ id }, value) => answerOperation(client, id, value),
      openLog: setLogged,
    }),
    [client],
  );
  const nodes = useNodes(client, isOpen);
  const updates = useUpdates(marketplace, nodes.node);
  const installs = useInstalls(
    client,
    { webspace, node: nodes.node },
    { operations, isFresh: trust === 'fresh' },
  );
  const reading = useReading(client, notifications);
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
        <PageHead>
          <UpdateAllActions
            count={updates}
            update={() => requestUpdateAll(marketplace.client, webspace, nodes.node)}
          >
            <Button look="primary" data-testid="open-marketplace" onPress={() => setOpen(true)}>
              <Icon name="store" />
              {t('actions.marketplace')}
            </Button>
          </UpdateAllActions>
        </PageHead>
        <div className="board" data-freshness={trust}>
          <OperationsBoard {...{ operations, isKnown, commands }} />
          <NotificationHistory {...{ notifications, operations, reading, isKnown }} />
        </div>
      </main>
      <MarketplaceDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        {...{ marketplace, operations, installs, nodes }}
        answer={commands.answer}
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
      <LogDialog operation={logged} source={logs} onClose={() => setLogged(null)} />
      <Toasts operations={operations} />
    </TrustContext>
  );
}

/** The services, and the one socket on which they tell what is new. */
function services(
  config: PanelConfig,
  token: string,
): { client: ServiceClient; marketplace: ShelfSource; logs: LogSource } {
  const events = new EventSocket({ url: eventUrl(), token });
  const stream = (receiver: string) => `webio.stream.${config.webspace}.${receiver}`;
  const client = new ServiceClient(config.operationsUrl, token);
  return {
    client,
    marketplace: {
      client: new ServiceClient(config.marketplaceUrl, token),
      changes: (kind) => (listener) =>
        events.listen(stream(`infrastate.marketplace.${kind}s`), listener),
    },
    logs: {
      client,
      stream: (id) => (listener) => events.listen(stream(`operations.log.${id}`), listener),
    },
  };
}

function PageHead({ children }: { children: ReactElement }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="page-head">
      <div>
        <h1>{t('app.title')}</h1>
        <p className="muted">{t('app.lead')}</p>
      </div>
      {children}
    </div>
  );
}
