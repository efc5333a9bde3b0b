// Reading what stands at a path of a document, and telling how new it is.
import * as Y from 'yjs';

/** The plain value at a path; undefined when there is none. */
export function valueAt(doc, path) {
  const [root, ...rest] = path.split('/');
  let value = doc.getMap(root);
  for (const key of rest) {
    value = value instanceof Y.Map ? value.get(key) : value?.[key];
  }
  return value instanceof Y.AbstractType ? value.toJSON() : value;
}

/** The same in plain JSON. */
export const jsonAt = (json, path) => path.split('/').reduce((value, key) => value?.[key], json);

/** The number that a writer gave a value; it only rises in each path. */
export function numberOf(value) {
  if (typeof value === 'number') return value;
  return Array.isArray(value) ? value[0]?.n : value?.n;
}
