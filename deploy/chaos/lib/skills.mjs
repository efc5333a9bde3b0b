// The skills that write, and the credentials of everybody.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../../e2e/lib/hub.mjs';

/** The slots of a skill: one of a node, two of the webspace, one list and one whose keys stay. */
export function slotsOf(skill) {
  return [
    { slot: `${skill}.status`, scope: 'subnet', mode: 'replace',
      declared: `data/${skill}/status`, path: `data/nodes/hub/${skill}/status` },
    { slot: `${skill}.text`, scope: 'webspace', mode: 'replace',
      declared: `data/${skill}/text`, path: `data/${skill}/text` },
    { slot: `${skill}.rows`, scope: 'webspace', mode: 'list',
      declared: `data/${skill}/rows`, path: `data/${skill}/rows` },
    { slot: `${skill}.parts`, scope: 'webspace', mode: 'merge',
      declared: `data/${skill}/parts`, path: `data/${skill}/parts` },
  ];
}

function manifest(skill) {
  const slots = slotsOf(skill).map(({ slot, scope, mode, declared }) => scope === 'subnet' ? '' : `
      - id: ${slot}
        scope: ${scope}
        path: ${declared}
        mode: ${mode}`);
  const [status] = slotsOf(skill);
  return `name: ${skill}
version: 1.0.0
data_projections:
  - scope: ${status.scope}
    slot: ${status.slot}
    targets:
      - backend: yjs
        path: ${status.declared}
runtime:
  yjs:
    projections:${slots.join('')}
`;
}

/** Pushes and installs a skill of ours, and waits until its slots can be written. */
export async function install(hub, folder, skill) {
  const dir = path.join(folder, skill);
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, 'skill.yaml'), manifest(skill));
  const pushed = await hub.push(dir);
  if (pushed.code !== 0) throw new Error(pushed.stdout + pushed.stderr);
  await installPublished(hub, skill);
}

/** Installs a published skill by its id, and waits until its slots can be written. */
export async function installPublished(hub, skill) {
  const accepted = await until(`${skill} accepted for installation`, async () => {
    const answer = await fetch(`${hub.operations}/v1/operations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hub.adminToken()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'skill.install', target_kind: 'skill', target_id: skill }),
    });
    return answer.status === 202 && answer.json();
  });
  await until(`${skill} installed`, async () => {
    const { status, error } = await hub.json(
      `${hub.operations}/v1/operations/${accepted.operation_id}`);
    if (status === 'failed') throw new Error(JSON.stringify(error));
    return status === 'succeeded';
  }, 60_000);
}

/** Adds credentials to those of a running hub; gives the raw ones by subject. */
export function addCredentials(hub, scopesBySubject) {
  const file = path.join(hub.data, 'secrets/keys.json');
  const { keys } = JSON.parse(readFileSync(file, 'utf8'));
  const raw = {};
  for (const [subject, scopes] of Object.entries(scopesBySubject)) {
    raw[subject] = `chaos-${subject.replace(/\W/g, '-')}-credential`;
    const sha256 = createHash('sha256').update(raw[subject]).digest('hex');
    keys.push({ id: subject.replace(/\W/g, '-'), sha256, subject, scopes });
  }
  writeFileSync(`${file}.new`, JSON.stringify({ keys }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return raw;
}
