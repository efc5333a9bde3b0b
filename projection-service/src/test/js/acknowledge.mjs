// Unmodified yjs and y-websocket clients that answer the hub's message 65: the newest generation.
// Prints one JSON line per step; ends when the document shows the text it was told to wait for.
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

const [url, webspace, token, count, text] = process.argv.slice(2);
const DEADLINE = Date.now() + 60_000;
const GENERATION = 65;

const say = (step, more = {}) => console.log(JSON.stringify({ step, ...more }));

function connect() {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${url}/yws`, webspace, doc, {
    WebSocketPolyfill: WebSocket, disableBc: true, connect: false, params: { token, ack: '1' },
  });
  const client = { doc, provider, heard: 0 };
  provider.messageHandlers[GENERATION] = (encoder, decoder) => {
    client.heard = decoding.readVarUint(decoder);
    encoding.writeVarUint(encoder, GENERATION);
    encoding.writeVarUint(encoder, client.heard);
  };
  provider.connect();
  return client;
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

const clients = Array.from({ length: Number(count) }, connect);
const shown = ({ doc }) => JSON.stringify(doc.getMap('data').toJSON()).includes(text);
await until('all synced', () => clients.every(({ provider }) => provider.synced));
const before = clients.map(({ heard }) => heard);
say('synced');
await until('the text everywhere', () => clients.every(shown));
await until('a newer generation everywhere', () =>
  clients.every(({ heard }, at) => heard > before[at]));
await new Promise((done) => setTimeout(done, 500));     // what was answered must be sent
say('shown', { heard: clients.map(({ heard }) => heard) });
process.exit(0);
