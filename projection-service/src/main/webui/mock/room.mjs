// FOR DEVELOPMENT AND TESTS OF THE PANEL ONLY: one shared document and its readers.
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

const HEARTBEAT_MS = 2_000;
const FINISHED_MAX = 20;
const TOLD_MAX = 40;

function frame(...parts) {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
}

export class Room {
  doc = new Y.Doc();
  generation = 0;
  isSilent = false;
  acknowledged = 0;
  #readers = new Map();

  constructor() {
    const operations = new Y.Map();
    this.doc.transact(() => {
      operations.set('by_id', new Y.Map());
      operations.set('order', new Y.Array());
      operations.set('active', new Y.Array());
      this.doc.getMap('runtime').set('operations', operations);
      this.doc.getMap('runtime').set('notifications', new Y.Array());
    });
    this.doc.on('update', (update) => {
      this.generation += 1;
      this.#send(frame(0, 2, update));
      this.#beat();
    });
    setInterval(() => this.#beat(), HEARTBEAT_MS);
  }

  join(socket, acknowledges) {
    this.#readers.set(socket, acknowledges);
    socket.on('close', () => this.#readers.delete(socket));
    socket.on('message', (message) => this.#onMessage(socket, new Uint8Array(message)));
    socket.send(frame(0, 0, Y.encodeStateVector(this.doc)));
  }

  closeAll(code, reason) {
    for (const socket of this.#readers.keys()) socket.close(code, reason);
  }

  operation(id) {
    return this.#operations().get('by_id').get(id)?.toJSON();
  }

  add(operation) {
    this.doc.transact(() => {
      const operations = this.#operations();
      operations.get('by_id').set(operation.operation_id, new Y.Map(Object.entries(operation)));
      operations.get('order').push([operation.operation_id]);
      operations.get('active').push([operation.operation_id]);
    });
  }

  change(id, members) {
    this.doc.transact(() => {
      const operations = this.#operations();
      const operation = operations.get('by_id').get(id);
      const next = {
        ...members,
        updated_at: new Date().toISOString(),
        revision: operation.get('revision') + 1,
      };
      for (const [name, value] of Object.entries(next)) {
        if (JSON.stringify(operation.get(name)) !== JSON.stringify(value))
          operation.set(name, value);
      }
      if (next.finished_at) this.#retire(operations, id);
    });
  }

  tell(level, message, { operation_id, target_kind, target_id, webspace_id }) {
    const list = this.doc.getMap('runtime').get('notifications');
    this.doc.transact(() => {
      list.push([
        {
          id: `notif_${operation_id}`,
          level,
          message,
          operation_id,
          target_kind,
          target_id,
          webspace_id,
          ts: new Date().toISOString(),
        },
      ]);
      if (list.length > TOLD_MAX) list.delete(0, list.length - TOLD_MAX);
    });
  }

  tellStatus(words) {
    this.doc.getMap('runtime').set('status', words);
  }

  #operations() {
    return this.doc.getMap('runtime').get('operations');
  }

  #retire(operations, id) {
    const active = operations.get('active');
    const order = operations.get('order');
    active.delete(active.toArray().indexOf(id), 1);
    const finished = order.toArray().filter((one) => !active.toArray().includes(one));
    for (const old of finished.slice(0, Math.max(0, finished.length - FINISHED_MAX))) {
      order.delete(order.toArray().indexOf(old), 1);
      operations.get('by_id').delete(old);
    }
  }

  #onMessage(socket, message) {
    const decoder = decoding.createDecoder(message);
    const type = decoding.readVarUint(decoder);
    if (type === 65) this.acknowledged = decoding.readVarUint(decoder);
    if (type !== 0 || decoding.readVarUint(decoder) !== 0 || this.isSilent) return;
    socket.send(frame(0, 1, Y.encodeStateAsUpdate(this.doc, decoding.readVarUint8Array(decoder))));
  }

  #beat() {
    this.#send(frame(65, this.generation), true);
  }

  #send(bytes, onlyAcknowledging = false) {
    if (this.isSilent) return;
    for (const [socket, acknowledges] of this.#readers) {
      if (acknowledges || !onlyAcknowledging) socket.send(bytes);
    }
  }
}
