import { isPath } from './address';
import { isObject } from './value';

/** The place of each slot; a place may hold `{user_id}`. */
export type Slots = ReadonlyMap<string, string>;

/**
 * The slots a manifest declares: `data_projections` with a target in the document, and
 * `runtime.yjs.projections`. What is of another form declares nothing.
 */
export function slotsOf(manifest: unknown): Slots {
  const slots = new Map<string, string>();
  const declare = (slot: unknown, path: unknown) => {
    if (typeof slot !== 'string' || typeof path !== 'string') return;
    if (isPath(path) && !slots.has(slot)) slots.set(slot, path);
  };
  for (const projection of listIn(manifest, 'data_projections')) {
    const target = listIn(projection, 'targets').find((one) => within(one, 'backend') === 'yjs');
    declare(within(projection, 'slot'), within(target, 'path'));
  }
  for (const projection of listIn(within(within(manifest, 'runtime'), 'yjs'), 'projections')) {
    declare(within(projection, 'id'), within(projection, 'path'));
  }
  return slots;
}

function within(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function listIn(value: unknown, name: string): unknown[] {
  const found = within(value, name);
  return Array.isArray(found) ? found : [];
}
