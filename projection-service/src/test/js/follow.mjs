// Unmodified yjs and y-websocket clients against a running service: one writes, one reads.
// Prints one JSON line per step; the caller makes the room restart after "restart me".
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

const [url, webspace, writerToken, readerToken] = process.argv.slice(2);
const DEADLINE = Date.now() + 60_000;

const say = (step, more = {}) => console.log(JSON.stringify({ step, ...more }));

function connect(token) {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${url}/yws`, webspace, doc, {
    WebSocketPolyfill: WebSocket, disableBc: true, params: { token },
  });
  const closes = [];
  provider.on('connection-close', (event) => closes.push(event?.code));
  return { doc, provider, closes, close: () => { provider.destroy(); doc.destroy(); } };
}

async function until(what, check) {
  while (!check()) {
    if (Date.now() > DEADLINE) {
      say('timeout', { what });
      process.exit(1);
    }
    await new Promise((done) => setTimeout(done, 20));
  }
}

const note = (client) => client.doc.getMap('data').get('note');

const writer = connect(writerToken);
const reader = connect(readerToken);
await until('both synced', () => writer.provider.synced && reader.provider.synced);
say('synced');

writer.doc.getMap('data').set('note', 'first');
const list = new Y.Array();
writer.doc.getMap('data').set('list', list);
list.push([1, 'two', { three: 3 }]);
await until('update at the reader', () => reader.doc.getMap('data').get('list')?.length === 3);
say('updated', { note: note(reader) });

await until('presence at the reader', () =>
  reader.provider.awareness.getStates().has(writer.doc.clientID));
say('present');

const closesBefore = reader.closes.length;
say('restart me');
await until('a change while away is sent', () => {
  if (reader.closes.length > closesBefore && note(writer) === 'first') {
    writer.doc.getMap('data').set('note', 'second');
  }
  return note(writer) === 'second';
});
await until('both synced again', () => writer.provider.synced && reader.provider.synced
  && note(reader) === 'second');
const state = Buffer.from(Y.encodeStateAsUpdate(reader.doc)).toString('base64');
const same = state === Buffer.from(Y.encodeStateAsUpdate(writer.doc)).toString('base64');
say('synced again', { closes: reader.closes, same, json: reader.doc.toJSON(), state });
writer.close();
reader.close();
process.exit(0);
