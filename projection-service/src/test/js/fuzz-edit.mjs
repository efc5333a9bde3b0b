// Carries out the edits of a script in a yjs document; FuzzEditor.java does the same with ours.
import * as Y from 'yjs';
import { toValue } from './portable.mjs';

export const ROOTS = { m: Y.Map, a: Y.Array, t: Y.Text, x: Y.XmlFragment };
const NAMES = Object.keys(ROOTS);

export function newDoc(id, gc = true, roots = ROOTS) {
  const doc = new Y.Doc({ gc });
  doc.clientID = id;
  for (const name in roots) doc.get(name, roots[name]);
  return doc;
}

function nestedIn(type) {
  let values;
  if (type instanceof Y.Text) values = type.toDelta().map((run) => run.insert);
  else if (type instanceof Y.Map) values = [...type.keys()].sort().map((key) => type.get(key));
  else values = type.toArray();
  return values.filter((value) => value instanceof Y.AbstractType);
}

/** The type an edit is for: a root, then by each number one of the types inside. */
function targetOf(doc, [root, ...picks]) {
  const name = NAMES[root % NAMES.length];
  let type = doc.get(name, ROOTS[name]);
  for (const pick of picks) {
    const nested = nestedIn(type);
    if (nested.length === 0) break;
    type = nested[pick % nested.length];
  }
  return type;
}

export function edit(doc, op) {
  const type = targetOf(doc, op.at);
  if (type instanceof Y.Text) editText(type, op);
  else if (type instanceof Y.Map) editMap(type, op);
  else if (type instanceof Y.Array) editList(type, op, op.values.map(arrayValue));
  else if (type instanceof Y.XmlElement && op.n % 3 === 0) editAttributes(type, op);
  else editList(type, op, [xmlChild(op)]);
}

function editMap(map, { kind, at, i, key, values }) {
  const keys = [...map.keys()].sort();
  if (kind < 6 || keys.length === 0) map.set(key, toValue(values[0]));
  else if (kind === 9 && i % 4 === 0) map.clear();
  else map.delete(keys[i % keys.length]);
}

/** What yjs' lists do not take at their top level becomes null. */
function arrayValue(v) {
  return v !== null && typeof v === 'object' && ('$undefined' in v || '$bigint' in v) ? null : v;
}

function xmlChild({ values: [v], text }) {
  const xml = v !== null && typeof v === 'object' && v.$type?.startsWith('Xml');
  return xml ? v : { $type: 'XmlText', init: text };
}

function editList(list, { kind, i, n }, values) {
  const length = list.length;
  if (kind >= 7 && length > 0) {
    const from = i % length;
    list.delete(from, 1 + n % (length - from));
  } else if (kind === 6) {
    list.push(values.map(toValue));
  } else {
    list.insert(i % (length + 1), values.map(toValue));
  }
}

function editAttributes(type, { kind, key, values }) {
  if (kind === 9) type.removeAttribute(key);
  else type.setAttribute(key, toValue(values[0]));
}

function editText(text, op) {
  const length = text.length;
  const at = op.i % (length + 1);
  const count = 1 + op.n % Math.max(1, length - at);
  switch (op.kind) {
    case 0: case 1: case 2: text.insert(at, op.text); break;
    case 3: text.insert(at, op.text, { ...op.attrs }); break;
    case 4: case 5: if (at < length) text.delete(at, count); break;
    case 6: case 7: format(text, at, count, { ...op.attrs }); break;
    case 8: text.insertEmbed(at, toValue(op.embed), { ...op.attrs }); break;
    default: editAttributes(text, { ...op, kind: op.n % 4 === 0 ? 9 : 6 });
  }
}

/**
 * Formatting that changes nothing may still cut a surrogate pair, in the author's document only:
 * with pairs in it a text is formatted as a whole.
 */
function format(text, at, count, attributes) {
  const pairs = text.toDelta()
    .some(({ insert }) => typeof insert === 'string' && /[\ud800-\udfff]/.test(insert));
  if (pairs) text.format(0, text.length, attributes);
  else if (at < text.length) text.format(at, count, attributes);
}
