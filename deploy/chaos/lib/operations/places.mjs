// Whether what lies on a node is what is recorded: link, content, and the rules that count.
import { existsSync, lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { sha256 } from './shelf.mjs';

/** Complaints about one node's folder; `items` are its records, the shelf knows every byte of them. */
export function placesUnlike(workspace, items, shelf) {
  const wrong = [];
  const recorded = new Set(items.map(({ kind, name }) => `${kind}s/${name}`));
  for (const { kind, id, name, version, status, content_digest: digest } of items) {
    const at = `${kind}s/${name}`;
    if (status !== 'installed') wrong.push(`${at} is recorded as ${status}`);
    const target = linkTarget(path.join(workspace, at));
    if (target !== `../.store/${kind}/${name}/${digest}`) {
      wrong.push(`${at} leads to ${target}, recorded is ${digest}`);
      continue;
    }
    const wanted = JSON.stringify(sorted(shelf.digestsOf(kind, id, version)));
    if (JSON.stringify(sorted(digestsOf(path.join(workspace, at)))) !== wanted) {
      wrong.push(`${at} has other files than ${version} was pushed with`);
    }
  }
  for (const at of ['skills', 'scenarios'].flatMap((kinds) => list(workspace, kinds))) {
    if (!recorded.has(at)) wrong.push(`${at} is there and not recorded`);
  }
  list(workspace, '.store/.tmp').forEach((at) => wrong.push(`${at} was left behind`));
  return wrong;
}

const list = (workspace, folder) => existsSync(path.join(workspace, folder))
  ? readdirSync(path.join(workspace, folder)).map((name) => `${folder}/${name}`) : [];

function linkTarget(link) {
  try {
    return lstatSync(link).isSymbolicLink() ? readlinkSync(link) : 'itself, which is no link';
  } catch {
    return 'nowhere';
  }
}

function digestsOf(folder) {
  return Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .map((file) => [path.relative(folder, file), sha256(readFileSync(file))]));
}

const sorted = (members) => members && Object.fromEntries(Object.entries(members).sort());

/** Complaints about the rules that projection-service has loaded. */
export async function rulesUnlike(hub, items, shelf) {
  const wrong = [];
  for (const { kind, id } of shelf.artifacts) {
    const answer = await fetch(`${hub.projection}/v1/projections/rules/${kind}/${id}`,
      { headers: { authorization: `Bearer ${hub.adminToken()}` } });
    const loaded = answer.ok ? (await answer.json()).version : answer.status;
    const wanted = items.find((item) => item.kind === kind && item.id === id)?.version ?? 404;
    if (loaded !== wanted) wrong.push(`rules of ${kind} ${id} are ${loaded}, recorded is ${wanted}`);
  }
  return wrong;
}
