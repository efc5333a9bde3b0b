import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { type ConnectionView, type RoomAddress, RoomConnection } from './room-connection';
import { RuntimeStore, type RuntimeView } from './runtime-view';

/** One connection for as long as the address stays. */
export function useConnection({ url, token }: RoomAddress): [ConnectionView, RoomConnection] {
  const [connection, setConnection] = useState(() => new RoomConnection({ url, token }));
  const [address, setAddress] = useState(`${url} ${token}`);
  if (address !== `${url} ${token}`) {
    setAddress(`${url} ${token}`);
    setConnection(new RoomConnection({ url, token }));
  }
  useEffect(() => connection.start(), [connection]);
  return [useSyncExternalStore(connection.subscribe, connection.current), connection];
}

/** The branches the panel shows, in step with the connection's view. */
export function useRuntime(doc: Y.Doc): RuntimeView {
  const store = useMemo(() => new RuntimeStore(doc), [doc]);
  return useSyncExternalStore(store.subscribe, store.current);
}
