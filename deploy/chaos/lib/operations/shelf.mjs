// Small real artifacts in several versions: made on the spot, pushed, and known byte by byte.
import { createHash } from 'node:crypto';
import { crc32 } from '../../../e2e/lib/crc32.mjs';

export const VERSIONS = ['1.0.0', '1.1.0', '2.0.0'];
const SKILLS = 14;
const SCENARIOS = 4;
const LARGE_EVERY = 4;

/** Files of a version by their paths. Every fourth skill is large enough to be killed while it unpacks. */
function filesOf({ kind, id, requires, large }, version, seed) {
  const slot = kind === 'skill' ? `
data_projections:
  - scope: webspace
    slot: ${id}.text
    targets:
      - backend: yjs
        path: data/${id}/text
` : `
depends:${requires.map((skill) => `\n  - ${skill}`).join('')}
`;
  const manifest = `id: ${id}\nname: ${id}\nversion: ${version}${slot}`;
  const files = { [`${kind}.yaml`]: Buffer.from(manifest), 'README.md': Buffer.from(`${id} ${version}\n`) };
  if (kind === 'scenario') files['scenario.json'] = Buffer.from(JSON.stringify({ id, version, steps: [] }));
  for (let i = 0; i < (large ? 150 : 3); i++) {
    files[`assets/${i}.bin`] = Buffer.from(Array.from({ length: seed.between(20, large ? 6_000 : 300) },
      () => seed.below(256)));
  }
  return files;
}

export class Shelf {
  /** @param seed decides the bytes of all files */
  constructor(seed) {
    this.skills = Array.from({ length: SKILLS }, (_, i) => (
      { kind: 'skill', id: `chaos_skill_${i}`, large: i % LARGE_EVERY === 0 }));
    this.scenarios = Array.from({ length: SCENARIOS }, (_, i) => ({
      kind: 'scenario', id: `chaos_scenario_${i}`,
      requires: seed.shuffled(this.skills).slice(0, 2).map(({ id }) => id),
    }));
    this.artifacts = [...this.skills, ...this.scenarios];
    this.contents = new Map(this.artifacts.flatMap((artifact) => VERSIONS.map((version) =>
      [nameOf(artifact.kind, artifact.id, version), filesOf(artifact, version, seed)])));
  }

  /** Publishes every version, oldest first. */
  async push(hub) {
    for (const version of VERSIONS) {
      await Promise.all(this.artifacts.map((artifact) => this.#push(hub, artifact, version)));
    }
  }

  async #push(hub, { kind, id }, version) {
    const answer = await fetch(`${hub.registry}/v1/${kind}s`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${hub.adminToken()}` },
      body: JSON.stringify({
        name: id, archive_b64: zip(this.contents.get(nameOf(kind, id, version))).toString('base64'),
      }),
    });
    if (answer.status !== 201) throw new Error(`${id} ${version}: ${answer.status} ${await answer.text()}`);
  }

  /** What a folder with this version holds: digests by path. */
  digestsOf(kind, id, version) {
    const files = this.contents.get(nameOf(kind, id, version));
    return files && Object.fromEntries(Object.entries(files).map(([file, bytes]) => [file, sha256(bytes)]));
  }
}

const nameOf = (kind, id, version) => `${kind}:${id}@${version}`;

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** A zip of stored files (APPNOTE 4.3), so that nothing but Node is needed. */
function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    const local = [Buffer.from('PK\x03\x04', 'latin1'), common, nameBytes, bytes];
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, nameBytes);
    parts.push(...local);
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listed, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
