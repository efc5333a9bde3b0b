/**
 * Readers of values that came over a wire. Whatever is not of the expected form becomes its
 * harmless default, so that one bad record never takes the page down.
 */
export type Foreign = Record<string, unknown>;

export function isObject(value: unknown): value is Foreign {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function texts(value: unknown): string[] {
  return list(value).filter((item) => typeof item === 'string');
}

/** An instant in RFC 3339; null when it is none. */
export function instant(value: unknown): Date | null {
  const at = new Date(text(value));
  return Number.isNaN(at.getTime()) ? null : at;
}
