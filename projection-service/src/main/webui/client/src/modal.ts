const PREFIX = 'node:';

/** A modal, to be opened in the context of the current node. */
export interface Modal {
  /** Its id without any node. */
  name: string;
  /** Under which key the document holds it. */
  key: string;
  /** What the document says of it: title, type or schema. */
  definition: unknown;
}

/** The id without its prefixes, of which old documents have more than one. */
export function modalName(id: string): string {
  let start = 0;
  for (let next = afterPrefix(id, 0); next > 0; next = afterPrefix(id, next)) start = next;
  return id.slice(start);
}

/**
 * The modal that an id means to this node: the node's own, else the shared one, else the very one
 * that was named, else any of that name.
 *
 * @param modals key to definition
 * @param id with none, one or many prefixes
 */
export function findModal(
  modals: Readonly<Record<string, unknown>>,
  id: string,
  node: string,
): Modal | null {
  const name = modalName(id);
  const rank = (key: string) => {
    if (key === `${PREFIX}${node}:${name}`) return 0;
    if (key.startsWith(`${PREFIX}${node}:`)) return 1;
    if (key === name) return 2;
    return key === id ? 3 : 4;
  };
  const [key] = Object.keys(modals)
    .filter((one) => modalName(one) === name)
    .sort((one, other) => rank(one) - rank(other) || compare(one, other));
  return key === undefined ? null : { name, key, definition: modals[key] };
}

/** Fewer prefixes first: the older copy. */
function compare(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}

/** Where the rest begins after a prefix at this place; -1 when none is there. */
function afterPrefix(id: string, from: number): number {
  if (!id.startsWith(PREFIX, from)) return -1;
  const end = id.indexOf(':', from + PREFIX.length);
  return end < 0 || end === id.length - 1 ? -1 : end + 1;
}
