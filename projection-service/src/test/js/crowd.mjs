// Many unmodified y-websocket clients of one document, in one process: they connect, follow writes,
// stay connected while nothing happens, lose their connections and come back.
// Prints one JSON line per step.
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

const [url, webspace, writerToken, readerToken, count, idleMillis] = process.argv.slice(2);
const DEADLINE = Date.now() + 80_000;
const WRITES = 20;

const say = (step, more = {}) => console.log(JSON.stringify({ step, ...more }));

const pause = (millis) => new Promise((done) => setTimeout(done, millis));

async function until(what, check) {
  while (!check()) {
    if (Date.now() > DEADLINE) {
      say('timeout', { what });
      process.exit(1);
    }
    await pause(20);
  }
}

const readers = [];
let closes = 0;

function connect(token) {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${url}/yws`, webspace, doc, {
    WebSocketPolyfill: WebSocket, disableBc: true, params: { token }, connect: false,
    resyncInterval: -1, maxBackoffTime: 500,
  });
  // A crowd that announces itself to itself would be four million messages.
  provider.awareness.setLocalState(null);
  provider.on('connection-close', () => { closes += 1; });
  provider.connect();
  return { doc, provider };
}

const seen = (client) => client.doc.getMap('data').get('note');
const same = () => {
  const all = new Set(readers.map(({ doc }) =>
    Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')));
  return all.size === 1;
};
const allSynced = () => readers.every(({ provider }) => provider.synced);
const allSee = (note) => readers.every((reader) => seen(reader) === note);

const writer = connect(writerToken);
await until('the writer is synced', () => writer.provider.synced);
writer.doc.getMap('data').set('list', new Y.Array());
const list = writer.doc.getMap('data').get('list');

const started = Date.now();
for (let i = 0; i < Number(count); i += 100) {
  for (let k = i; k < Math.min(i + 100, Number(count)); k += 1) {
    readers.push(connect(readerToken));
  }
  await until(`${readers.length} are synced`, allSynced);
}
say('synced', { readers: readers.length, millis: Date.now() - started });

for (let i = 1; i <= WRITES; i += 1) {
  list.push([i]);
  writer.doc.getMap('data').set('note', `write ${i}`);
  await pause(i % 2 === 0 ? 2 : 40);
}
await until('all have the last write', () => allSee(`write ${WRITES}`));
say('followed', { same: same(), closes });

await pause(Number(idleMillis));
writer.doc.getMap('data').set('note', 'after the pause');
await until('all are still there', () => allSee('after the pause'));
say('idle', { closes });

say('restart me');
await until('all have lost their connection', () => closes > readers.length);
await until('the writer is back', () => writer.provider.synced);
writer.doc.getMap('data').set('note', 'after the restart');
await until('all are back', () => allSynced() && allSee('after the restart'));
say('back', { same: same(), length: readers[0].doc.getMap('data').get('list').length });
process.exit(0);
