import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** What only the client may do; everybody else names a slot or a path. */
const CLIENTS_ALONE: readonly [string, RegExp][] = [
  ['puts a node into a path', /data\/nodes|(['"`])nodes\1/],
  ['takes modal ids to pieces', /['"`/^]node:/],
  ['keeps a list of what nodes share', /(['"`])(?:nlu_teacher|adaos_connect)\1/],
  ['walks the document itself', /\.(?:getMap|getArray|getText|observeDeep)\(|\.share\b/],
  ['holds shared types', /from 'yjs'|import\('yjs'\)/],
  ['speaks to the room itself', /y-protocols|['"`/]yws\b/],
];

const faultsOf = (source: string) =>
  CLIENTS_ALONE.filter(([, pattern]) => pattern.test(source)).map(([fault]) => fault);

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.includes('.test.') && !name.endsWith('test-setup.ts'),
);

describe('no widget rewrites a path', () => {
  test('there is something to judge', () => {
    expect(sources.length).toBeGreaterThan(30);
  });

  test.each(sources)('%s', (name) => {
    expect(faultsOf(readFileSync(join('src', name), 'utf8'))).toEqual([]);
  });

  test.each([
    ['puts a node into a path', 'const at = `data/nodes/${node}/weather`;'],
    ['puts a node into a path', "['data', 'nodes', node]"],
    ['takes modal ids to pieces', "id.replace(/^node:[^:]+:/, '')"],
    ['keeps a list of what nodes share', "new Set(['nlu_teacher'])"],
    ['walks the document itself', "view.doc.getMap('data')"],
    ['holds shared types', "import * as Y from 'yjs';"],
    ['speaks to the room itself', 'new WebSocket(`${hub}/yws/desktop`)'],
  ])('what %s is seen', (fault, source) => {
    expect(faultsOf(source)).toEqual([fault]);
  });
});
