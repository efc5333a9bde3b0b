// The panel's own client module, made loadable in Node with the compiler that builds the panel.
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PANEL = path.resolve(HERE, '../../../projection-service/src/main/webui');

/** Compiles it into a folder; gives the path of the file. */
export async function bundleClient(folder) {
  const esbuild = createRequire(path.join(PANEL, 'package.json'))('esbuild');
  const outfile = path.join(folder, 'hub-client.mjs');
  mkdirSync(folder, { recursive: true });
  await esbuild.build({
    entryPoints: [path.join(PANEL, 'client/src/index.ts')], outfile,
    bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'error',
  });
  return outfile;
}
