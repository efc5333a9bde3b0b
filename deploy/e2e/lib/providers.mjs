// The browser's side of y-websocket in all versions in use, unmodified, and a bare socket beside them.
import WebSocket from 'ws';
import { WebsocketProvider as Version1 } from 'y-websocket-1';
import { WebsocketProvider as Version2 } from 'y-websocket-2';
import { WebsocketProvider as Version3 } from 'y-websocket';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { until } from './hub.mjs';

export const VERSIONS = { '1.5.4': Version1, '2.1.0': Version2, '3.1.0': Version3 };

const address = (projection) => `${projection.replace('http', 'ws')}/yws`;

/** A provider of this version with what it told while it lived. */
export function connectWith(version, projection, token, webspace = 'desktop') {
  const doc = new Y.Doc();
  const provider = new VERSIONS[version](address(projection), webspace, doc, {
    WebSocketPolyfill: WebSocket, disableBc: true, params: { token },
  });
  const closes = [];
  provider.on('connection-close', (event) => closes.push(event?.code ?? null));
  return {
    doc, provider, closes, awareness: provider.awareness, data: doc.getMap('data'),
    synced: () => until(`y-websocket ${version} synced`, () => provider.synced),
    sees: (other) => provider.awareness.getStates().get(other.doc.clientID),
    close: () => { provider.destroy(); doc.destroy(); },
  };
}

/** A socket that sends what it is told and keeps all it gets, as [type, rest]. */
export async function openSocket(projection, token, webspace = 'desktop') {
  const socket = new WebSocket(`${address(projection)}/${webspace}?token=${token}`);
  const frames = [];
  socket.binaryType = 'arraybuffer';
  socket.on('message', (bytes) => {
    const decoder = decoding.createDecoder(new Uint8Array(bytes));
    frames.push({ type: decoding.readVarUint(decoder), decoder });
  });
  await new Promise((done, fail) => { socket.once('open', done); socket.once('error', fail); });
  return { send: (bytes) => socket.send(bytes), frames, close: () => socket.close() };
}
