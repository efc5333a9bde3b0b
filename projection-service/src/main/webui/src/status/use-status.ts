import type { DocumentReader } from 'hub-client';
import { createContext, use, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useValue } from '../connection/use-connection';
import { ServiceClient } from '../http/service-client';
import { readShellStatus, type ShellStatus } from './contracts';
import { StatusWatch, type StatusView } from './status-watch';
import type { Known } from './verdict';

/** The three contracts, asked for as long as the page is open, and at once when the document says
 * that something has changed. */
export function useStatusWatch(
  webspace: string,
  token: string,
  shell: ShellStatus,
): [StatusView, StatusWatch] {
  // The page's own origin: the service that serves the page serves the room, too.
  const watch = useMemo(
    () => new StatusWatch(new ServiceClient('.', token), webspace),
    [webspace, token],
  );
  useEffect(() => watch.start(), [watch]);
  useEffect(() => watch.askNow(), [watch, shell]);
  return [useSyncExternalStore(watch.subscribe, watch.current), watch];
}

/** The enum values the document carries. */
export function useShellStatus(reader: DocumentReader): ShellStatus {
  const branch = useValue(reader, 'runtime/status');
  return useMemo(() => readShellStatus(branch), [branch]);
}

/** What the parts of the page need to say how far they can be trusted. */
interface Trusting {
  known: Known;
  /** Opens the contracts with their evidence. */
  open: () => void;
}

export const TrustContext = createContext<Trusting | null>(null);

export function useTrust(): Trusting | null {
  return use(TrustContext);
}
