import { useEffect, useState, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { type ConnectionView, type RoomAddress, RoomConnection } from './room-connection';
import { readRuntime, type RuntimeView, watchRuntime } from './runtime-view';

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

/** The branches the panel shows, drawn anew after every change. */
export function useRuntime(doc: Y.Doc): RuntimeView {
  const [seen, setSeen] = useState<{ doc: Y.Doc; view: RuntimeView }>();
  useEffect(() => {
    const look = () => setSeen({ doc, view: readRuntime(doc) });
    look();
    return watchRuntime(doc, look);
  }, [doc]);
  return seen?.doc === doc ? seen.view : EMPTY;
}

const EMPTY: RuntimeView = { operations: [], notifications: [] };
