/** The node that a hub without members is. */
export const HOME_NODE = 'hub';

const ROOTS: readonly string[] = ['ui', 'data', 'registry', 'runtime', 'devices'];
const OLD_PREFIX = 'y:';
const NODES = 'nodes';
const TEXT_MOST = 1_024;

/** Branches of `data` that all nodes share; the writing side keeps the same list. */
export const SHARED: ReadonlySet<string> = new Set([
  'adaos_connect',
  'catalog',
  'desktop',
  'devices',
  'installed',
  'nlu',
  'nlu_teacher',
  'routing',
  'scenarios',
  'tts',
  'webio',
  'webspaces',
]);

/** Segments of a path, unescaped; the first is a root of the document. */
export type Path = readonly string[];

/** An address that names no place. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
}

/** Whether an address is a path; else it is a slot. */
export function isPath(address: string): boolean {
  const [root = '', ...rest] = withoutPrefix(address).split('/');
  return rest.length > 0 && ROOTS.includes(root);
}

/**
 * Reads the text of a path: segments joined by `/`, in which `~1` stands for `/` and `~0` for `~`
 * as in JSON Pointer (RFC 6901). An old prefix `y:` is dropped.
 *
 * @throws AddressError when it names no root and place below it
 */
export function readPath(text: string): Path {
  if (text.length > TEXT_MOST) throw new AddressError(`a path of ${text.length} characters`);
  if (!isPath(text)) throw new AddressError(`'${text}' does not begin with a root and '/'`);
  return withoutPrefix(text).split('/').map(unescaped);
}

export function pathText(path: Path): string {
  return path.map((segment) => segment.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
}

/**
 * Where to look for a path, best place first: in the branch of the node, then in the shared one.
 * What all nodes share, what names its node itself, and all other roots have one place only.
 *
 * @param node empty for nobody's context
 */
export function placesOf(path: Path, node: string): Path[] {
  const [root, branch = ''] = path;
  if (root !== 'data' || branch === NODES || SHARED.has(branch) || node === '') return [path];
  return [['data', NODES, node, ...path.slice(1)], path];
}

function withoutPrefix(text: string): string {
  return text.startsWith(OLD_PREFIX) ? text.slice(OLD_PREFIX.length) : text;
}

function unescaped(part: string): string {
  if (part === '') throw new AddressError('a segment is empty');
  if (/~(?![01])/.test(part)) throw new AddressError(`'~' without 0 or 1 in '${part}'`);
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
