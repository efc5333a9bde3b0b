// Artifacts that are made on the spot.
import { mkdirSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';

/** A skill large enough that its installation can be watched: many files, and bytes that do not shrink. */
export function largeSkill(folder, name, { version = '1.0.0', files = 1500, bytesPerFile = 16_384 } = {}) {
  const dir = path.join(folder, name);
  for (let i = 0; i < files; i++) {
    const sub = path.join(dir, 'assets', String(i % 50));
    mkdirSync(sub, { recursive: true });
    writeFileSync(path.join(sub, `${i}.bin`), randomBytes(bytesPerFile));
  }
  writeFileSync(path.join(dir, 'skill.yaml'),
    `name: ${name}\nversion: ${version}\ntitle: Large skill\ndescription: Big enough to watch\ntags: [demo]\n`);
  return dir;
}

/** The smallest skill that is accepted. */
export function smallSkill(folder, name, version = '1.0.0') {
  const dir = path.join(folder, name);
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, 'skill.yaml'), `name: ${name}\nversion: ${version}\n`);
  return dir;
}
