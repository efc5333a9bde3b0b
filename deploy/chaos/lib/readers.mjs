// Browsers' readers, unmodified, and a socket that hears of generations; each checks what it is told.
import { createHash } from 'node:crypto';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as sync from 'y-protocols/sync';
import WebSocket from 'ws';
import { WebsocketProvider as Version1 } from 'y-websocket-1';
import { WebsocketProvider as Version3 } from 'y-websocket';
import * as Y from 'yjs';
import { numberOf, valueAt } from './values.mjs';

const SYNC = 0;
const GENERATION = 65;
const RECONNECT_MS = 300;
const RAW_KEYS = 8;

export const VERSIONS = { '1.5.4': Version1, '3.1.0': Version3 };

const socketOf = (replica) => `${replica.replace('http', 'ws')}/yws`;
export const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** A document of the npm library behind the npm provider. */
export class Reader {
  doc = new Y.Doc();
  #newest = new Map();

  constructor({ version, replica, token, webspace }) {
    Object.assign(this, { version, webspace });
    this.provider = new VERSIONS[version](socketOf(replica), webspace, this.doc, {
      WebSocketPolyfill: WebSocket, disableBc: true, params: { token },
    });
  }

  /** Hangs up, and comes back by itself. */
  hangUp() {
    this.provider.ws?.terminate?.();
  }

  /**
   * Names every path of these that has gone back since it was looked at last. A reader that has
   * come back is not asked before it is synced: until then it may have heard of a change but not
   * of what that stands on.
   */
  wentBack(paths) {
    if (!this.provider.synced) return [];
    return paths.flatMap((path) => {
      const number = numberOf(valueAt(this.doc, path)) ?? 0;
      const before = this.#newest.get(path) ?? 0;
      this.#newest.set(path, Math.max(number, before));
      return number < before
        ? [`a reader (${this.version}) of ${this.webspace} saw ${path} go from ${before} to ${number}`] : [];
    });
  }

  close() {
    this.provider.destroy();
    this.doc.destroy();
  }
}

/** A reader that also writes, as an operator's tool does: raw updates below `data/raw`. */
export class RawWriter extends Reader {
  number = 0;

  write() {
    this.number++;
    this.doc.getMap('data').set(`raw_${this.number % RAW_KEYS}`, this.number);
  }

  static paths() {
    return Array.from({ length: RAW_KEYS }, (_, i) => `data/raw_${i}`);
  }
}

/** A socket with `ack=1`: learns the generation of every update, and acknowledges it. */
export class AckReader {
  doc = new Y.Doc();
  /** generation -> digest of its update, as this socket was told */
  told = new Map();
  closes = [];
  newest = 0;
  #ended = false;
  #updates = [];

  constructor({ replica, token, webspace }) {
    Object.assign(this, { replica, webspace });
    this.address = `${socketOf(replica)}/${webspace}?ack=1&token=${token}`;
    this.#connect();
  }

  #connect() {
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.binaryType = 'arraybuffer';
    this.#updates = undefined;
    socket.on('open', () => this.#send((out) => {
      encoding.writeVarUint(out, SYNC);
      sync.writeSyncStep1(out, this.doc);
    }));
    socket.on('message', (bytes) => this.#hear(new Uint8Array(bytes)));
    socket.on('error', () => {});
    socket.on('close', (code, reason) => {
      this.closes.push({ code, reason: reason.toString(), at: Date.now() });
      if (!this.#ended) setTimeout(() => this.#connect(), RECONNECT_MS);
    });
  }

  #send(write) {
    const out = encoding.createEncoder();
    write(out);
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(encoding.toUint8Array(out));
  }

  #hear(bytes) {
    const frame = decoding.createDecoder(bytes);
    const type = decoding.readVarUint(frame);
    if (type === GENERATION) this.#generation(decoding.readVarUint(frame));
    if (type !== SYNC) return;
    const kind = decoding.readVarUint(frame);
    const content = decoding.readVarUint8Array(frame);
    if (kind === sync.messageYjsSyncStep1) {
      this.serverVector = content;
      this.#send((out) => {
        encoding.writeVarUint(out, SYNC);
        sync.writeSyncStep2(out, this.doc, content);
      });
    } else {
      Y.applyUpdate(this.doc, content);
      if (kind === sync.messageYjsUpdate) this.#updates?.push(content);
      else this.#updates = undefined;
    }
  }

  /** One update between two generations is the update of the later one. */
  #generation(number) {
    if (this.#updates?.length === 1 && number === this.newest + 1) {
      this.told.set(number, digest(this.#updates[0]));
    }
    this.#updates = [];
    this.newest = Math.max(this.newest, number);
    this.#send((out) => {
      encoding.writeVarUint(out, GENERATION);
      encoding.writeVarUint(out, number);
    });
  }

  /** What it was told and the log does not have. */
  unlike(rows) {
    const wrong = [];
    if (this.newest > rows.length) {
      wrong.push(`a socket of ${this.webspace} was told generation ${this.newest}, the log ends at ${rows.length}`);
    }
    for (const [generation, told] of this.told) {
      const row = rows[generation - 1];
      if (row && digest(row.payload) !== told) {
        wrong.push(`a socket of ${this.webspace} was told another generation ${generation} than the log has`);
      }
    }
    return wrong;
  }

  close() {
    this.#ended = true;
    this.socket.terminate();
    this.doc.destroy();
  }
}
