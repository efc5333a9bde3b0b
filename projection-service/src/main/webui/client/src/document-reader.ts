import { equalityDeep } from 'lib0/function';
import type * as Y from 'yjs';
import { AddressError, isPath, type Path, pathText, placesOf, readPath } from './address';
import { findModal, type Modal } from './modal';
import type { Slots } from './slots';
import { isObject, valueAt } from './value';

const MODALS: Path = ['ui', 'application', 'modals'];
const USER_ID = '{user_id}';

/** Whose eyes a document is read with. */
export interface ReadingContext {
  /** The node that is selected; empty for none. */
  node: string;
  /** Stands for `{user_id}` in the places of slots. */
  user?: string;
  /** The slots that may be named, as manifests declare them. */
  slots?: Slots;
}

/** A value and the place it was found at. */
export interface Found {
  path: string;
  value: unknown;
}

/** A value that is followed: made for `useSyncExternalStore`, and for whoever else can call. */
export interface WatchedValue {
  /** Undefined when nothing is there; the same object for as long as it says the same. */
  current: () => unknown;
  /** Called after each change of the value; the answer stops that. */
  subscribe: (listener: () => void) => () => void;
}

/**
 * Finds things in one document. Whoever shows them names a slot or a path and never a node: where
 * it lies for the selected node is known here only.
 */
export class DocumentReader {
  private readonly doc: Y.Doc;
  private readonly context: ReadingContext;

  constructor(doc: Y.Doc, context: ReadingContext) {
    this.doc = doc;
    this.context = context;
  }

  /**
   * @param address a slot or a path
   * @throws AddressError when it is neither
   */
  find(address: string): Found | null {
    return this.findAt(this.placesOf(address));
  }

  /** The value alone; undefined when nothing is there. */
  read(address: string): unknown {
    return this.find(address)?.value;
  }

  /** The same, followed. Types are never held on to: the hub may put fresh ones in their place. */
  watch(address: string): WatchedValue {
    const places = this.placesOf(address);
    const root = this.doc.getMap(places[0]?.[0] ?? '');
    return new Watch(root, () => this.findAt(places)?.value);
  }

  /** The modal of this id in the context of the selected node; null when there is none. */
  modal(id: string): Modal | null {
    const modals = valueAt(this.doc, MODALS);
    return isObject(modals) ? findModal(modals, id, this.context.node) : null;
  }

  private placesOf(address: string): Path[] {
    const text = isPath(address) ? address : this.context.slots?.get(address);
    if (text === undefined) throw new AddressError(`'${address}' is neither a path nor a slot`);
    const { user, node } = this.context;
    const path = readPath(text).map((segment) =>
      user === undefined ? segment : segment.replaceAll(USER_ID, user),
    );
    return placesOf(path, node);
  }

  private findAt(places: Path[]): Found | null {
    for (const place of places) {
      const value = valueAt(this.doc, place);
      if (value !== undefined) return { path: pathText(place), value };
    }
    return null;
  }
}

/** Reads anew after each change below a root, and tells only what has changed. */
class Watch implements WatchedValue {
  private readonly root: Y.Map<unknown>;
  private readonly read: () => unknown;
  private readonly listeners = new Set<() => void>();
  private value: unknown;

  constructor(root: Y.Map<unknown>, read: () => unknown) {
    this.root = root;
    this.read = read;
  }

  readonly current = (): unknown => {
    // While nobody listens, nobody tells us of changes either.
    if (this.listeners.size === 0) this.refresh();
    return this.value;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.listeners.size === 0) {
      this.refresh();
      this.root.observeDeep(this.onChange);
    }
    this.listeners.add(listener);
    return () => {
      if (this.listeners.delete(listener) && this.listeners.size === 0)
        this.root.unobserveDeep(this.onChange);
    };
  };

  private readonly onChange = (): void => {
    if (this.refresh()) this.listeners.forEach((listener) => listener());
  };

  private refresh(): boolean {
    const next = this.read();
    if (equalityDeep(next, this.value)) return false;
    this.value = next;
    return true;
  }
}
