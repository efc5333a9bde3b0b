// Skills whose manifests declare slots: real ones where they are at hand, else ours in their likeness.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPublished } from './skills.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const REAL = process.env.HUB_REAL_ARTIFACTS ?? path.join(ROOT, '../shared/data/adaos-real');
const OURS = [
  path.join(ROOT, 'registry-sync-service/src/test/resources/artifacts/skills'),
  path.join(ROOT, 'projection-service/src/test/resources/manifests/skills'),
];
const FOLDERS_MAX = 2_000;

/** The folders below these that hold a manifest of a skill. */
function skillFolders(roots) {
  const found = [];
  const open = [...roots];
  for (let looked = 0; open.length > 0 && looked < FOLDERS_MAX; looked++) {
    const folder = open.shift();
    const entries = readdirSync(folder, { withFileTypes: true });
    if (entries.some(({ name }) => name === 'skill.yaml')) found.push(folder);
    else entries.filter((entry) => entry.isDirectory()).forEach(({ name }) => open.push(path.join(folder, name)));
  }
  return found;
}

/** The slots of the document that a manifest declares, as the registry reads it. */
function slotsOf(manifest) {
  const projections = (manifest.data_projections ?? [])
    .map(({ scope, slot }) => ({ scope: scope ?? 'subnet', slot }));
  const narrow = (manifest.runtime?.yjs?.projections ?? [])
    .map(({ scope, id }) => ({ scope: scope ?? 'subnet', slot: id }));
  return [...projections, ...narrow];
}

/**
 * Publishes all of them, and installs those that have a slot.
 *
 * @return { skills: [{ id, slots }], idle: [ids without a slot], refused: count, real }
 */
export async function installManifests(hub) {
  const real = existsSync(REAL);
  const folders = skillFolders(real ? [REAL] : OURS);
  await hub.push(...folders);
  const { items } = await hub.json(`${hub.registry}/v1/catalog?kind=skill&limit=500`);
  const skills = [];
  const idle = [];
  for (const { id, version } of items) {
    const slots = slotsOf(await hub.json(`${hub.registry}/v1/skills/${id}/versions/${version}/manifest`));
    if (slots.length === 0) idle.push(id);
    else skills.push({ id, slots });
  }
  await Promise.all(skills.map(({ id }) => installPublished(hub, id)));
  return { skills, idle, refused: folders.length - items.length, real };
}
