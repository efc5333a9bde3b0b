import * as Y from 'yjs';
import { type Notification, readNotifications } from '../notifications/notification';
import { type Operation, readOperations } from '../operations/operation';

/** What the page shows of the document. */
export interface RuntimeView {
  operations: readonly Operation[];
  notifications: readonly Notification[];
}

/** Reads the branches the panel shows; paths are resolved anew each time, since types rotate. */
function readRuntime(doc: Y.Doc): RuntimeView {
  const runtime = doc.getMap('runtime');
  return {
    operations: readOperations(plain(runtime.get('operations'))),
    notifications: readNotifications(plain(runtime.get('notifications'))),
  };
}

/** The runtime view of one document, read anew after every change below `runtime`. */
export class RuntimeStore {
  private readonly doc: Y.Doc;
  private view: RuntimeView | null = null;

  constructor(doc: Y.Doc) {
    this.doc = doc;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const changed = () => {
      this.view = null;
      listener();
    };
    const runtime = this.doc.getMap('runtime');
    // What happened between reading and subscribing counts, too.
    this.view = null;
    runtime.observeDeep(changed);
    return () => runtime.unobserveDeep(changed);
  };

  readonly current = (): RuntimeView => (this.view ??= readRuntime(this.doc));
}

function plain(value: unknown): unknown {
  return value instanceof Y.AbstractType ? (value.toJSON() as unknown) : value;
}
