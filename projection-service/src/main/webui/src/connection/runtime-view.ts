import * as Y from 'yjs';
import { type Notification, readNotifications } from '../notifications/notification';
import { type Operation, readOperations } from '../operations/operation';

/** What the page shows of the document. */
export interface RuntimeView {
  operations: readonly Operation[];
  notifications: readonly Notification[];
}

/** Reads the branches the panel shows; paths are resolved anew each time, since types rotate. */
export function readRuntime(doc: Y.Doc): RuntimeView {
  const runtime = doc.getMap('runtime');
  return {
    operations: readOperations(plain(runtime.get('operations'))),
    notifications: readNotifications(plain(runtime.get('notifications'))),
  };
}

/** Calls back after every change below `runtime`. */
export function watchRuntime(doc: Y.Doc, changed: () => void): () => void {
  const runtime = doc.getMap('runtime');
  runtime.observeDeep(changed);
  return () => runtime.unobserveDeep(changed);
}

function plain(value: unknown): unknown {
  return value instanceof Y.AbstractType ? (value.toJSON() as unknown) : value;
}
