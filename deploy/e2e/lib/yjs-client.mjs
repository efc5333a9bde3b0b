// A second reader of the webspace: unmodified yjs and y-websocket.
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

export function connect(projectionUrl, token, webspace = 'desktop') {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${projectionUrl.replace('http', 'ws')}/yws`, webspace, doc, {
    WebSocketPolyfill: WebSocket, disableBc: true, params: { token },
  });
  return { doc, provider, close: () => { provider.destroy(); doc.destroy(); } };
}

export function operationIn(doc, id) {
  return doc.getMap('runtime').get('operations')?.get('by_id')?.get(id)?.toJSON();
}
