import * as Y from 'yjs';
import type { Path } from './address';

const INDEX = /^(?:0|[1-9]\d{0,8})$/;

/**
 * What lies at a path, as plain JSON; undefined when nothing does. Any part of the way may be a
 * shared type or plain JSON: writers have used both.
 */
export function valueAt(doc: Y.Doc, [root = '', ...rest]: Path): unknown {
  let at: unknown = doc.getMap(root);
  for (const segment of rest) {
    at = member(at, segment);
    if (at === undefined) return undefined;
  }
  return at instanceof Y.AbstractType ? (at.toJSON() as unknown) : at;
}

function member(of: unknown, name: string): unknown {
  if (of instanceof Y.Map) return of.get(name);
  if (of instanceof Y.Array) return INDEX.test(name) ? of.get(Number(name)) : undefined;
  if (Array.isArray(of)) return INDEX.test(name) ? (of[Number(name)] as unknown) : undefined;
  return isObject(of) && Object.hasOwn(of, name) ? of[name] : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
