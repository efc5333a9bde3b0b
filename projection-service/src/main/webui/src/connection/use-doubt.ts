import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { ServiceClient } from '../http/service-client';
import { type Doubt, HealthWatch } from './hub-health';

/** Why the document may be old although the connection is live; null when nothing says so. */
export function useDoubt(webspace: string, token: string): Doubt | null {
  // The page's own origin: the service that serves the page serves the room, too.
  const watch = useMemo(
    () => new HealthWatch(new ServiceClient('.', token), webspace),
    [webspace, token],
  );
  useEffect(() => watch.start(), [watch]);
  return useSyncExternalStore(watch.subscribe, watch.current);
}
