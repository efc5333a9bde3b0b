import {
  type ConnectionView,
  DocumentReader,
  HOME_NODE,
  type RoomAddress,
  RoomConnection,
} from 'hub-client';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { type Notification, readNotifications } from '../notifications/notification';
import { type Operation, readOperations } from '../operations/operation';

/** What the page shows of the document. */
export interface RuntimeView {
  operations: readonly Operation[];
  notifications: readonly Notification[];
}

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

/** A reader of this document; the panel has no node to select yet. */
export function useReader(doc: ConnectionView['doc']): DocumentReader {
  return useMemo(() => new DocumentReader(doc, { node: HOME_NODE }), [doc]);
}

/** What lies at a slot or path now; undefined when nothing does. */
export function useValue(reader: DocumentReader, address: string): unknown {
  const value = useMemo(() => reader.watch(address), [reader, address]);
  return useSyncExternalStore(value.subscribe, value.current);
}

/** The branches the panel shows. */
export function useRuntime(reader: DocumentReader): RuntimeView {
  const operations = useValue(reader, 'runtime/operations');
  const notifications = useValue(reader, 'runtime/notifications');
  return {
    operations: useMemo(() => readOperations(operations), [operations]),
    notifications: useMemo(() => readNotifications(notifications), [notifications]),
  };
}
