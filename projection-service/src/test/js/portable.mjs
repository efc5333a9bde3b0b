// How scripts and answers write values that JSON does not have; the Java side is Portable.java.
import * as Y from 'yjs';

const bytes64 = (bytes) => Buffer.from(bytes).toString('base64');
export const fromBase64 = (text) => new Uint8Array(Buffer.from(text, 'base64'));
export const toBase64 = bytes64;

/** A value from its form in a script; a `$type` becomes a new shared type. */
export function toValue(v) {
  if (v === null || typeof v !== 'object') return v;
  if (Array.isArray(v)) return v.map(toValue);
  if ('$undefined' in v) return undefined;
  if ('$bigint' in v) return BigInt(v.$bigint);
  if ('$num' in v) return Number(v.$num);
  if ('$bytes' in v) return fromBase64(v.$bytes);
  if ('$doc' in v) return new Y.Doc({ guid: v.$doc, ...v.options });
  if ('$type' in v) return toType(v);
  return Object.fromEntries(Object.keys(v).map((key) => [key, toValue(v[key])]));
}

function toType({ $type: kind, name, init, attrs }) {
  switch (kind) {
    case 'Map': return filled(new Y.Map(), init);
    case 'XmlHook': return filled(new Y.XmlHook(name), init);
    case 'Array': return Y.Array.from(init.map(toValue));
    case 'Text': return new Y.Text(init);
    case 'XmlText': return new Y.XmlText(init);
    case 'XmlElement': {
      const element = new Y.XmlElement(name);
      for (const key in attrs) element.setAttribute(key, toValue(attrs[key]));
      if (init.length > 0) element.insert(0, init.map(toValue));
      return element;
    }
    default: throw new Error(`no such type: ${kind}`);
  }
}

function filled(map, init) {
  for (const key in init) map.set(key, toValue(init[key]));
  return map;
}

const named = (object, view) =>
  Object.fromEntries(Object.keys(object).map((key) => [key.toWellFormed(), view(object[key])]));

/** A stored value in the form of scripts, as any other replica would read it. */
export function ofValue(v) {
  if (v === undefined) return { $undefined: true };
  if (v === null || typeof v === 'boolean') return v;
  if (typeof v === 'string') return v.toWellFormed();
  if (typeof v === 'bigint') return { $bigint: v.toString() };
  if (typeof v === 'number') {
    return Number.isFinite(v) && !Object.is(v, -0) ? v : { $num: Object.is(v, -0) ? '-0' : String(v) };
  }
  if (v instanceof Uint8Array) return { $bytes: bytes64(v) };
  if (v instanceof Y.Doc) return { $doc: v.guid };
  if (v instanceof Y.AbstractType) return viewOf(v);
  if (Array.isArray(v)) return v.map(ofValue);
  return named(v, ofValue);
}

/** Everything a shared type shows: texts with their formats, elements with their attributes. */
export function viewOf(type) {
  if (type instanceof Y.Text) {
    const text = { kind: type instanceof Y.XmlText ? 'XmlText' : 'Text' };
    text.runs = type.toDelta().map((run) => [ofValue(run.insert), ofValue(run.attributes ?? {})]);
    text.attrs = named(type.getAttributes(), ofValue);
    return text;
  }
  if (type instanceof Y.Array) return { kind: 'Array', items: type.toArray().map(ofValue) };
  if (type instanceof Y.XmlElement) {
    return {
      kind: 'XmlElement', name: type.nodeName.toWellFormed(),
      attrs: named(type.getAttributes(), ofValue), items: type.toArray().map(ofValue),
    };
  }
  if (type instanceof Y.XmlFragment) return { kind: 'XmlFragment', items: type.toArray().map(ofValue) };
  const entries = {};
  type.forEach((value, key) => { entries[key.toWellFormed()] = ofValue(value); });
  return type instanceof Y.XmlHook
    ? { kind: 'XmlHook', name: type.hookName.toWellFormed(), entries } : { kind: 'Map', entries };
}
