// FOR DEVELOPMENT AND TESTS OF THE PANEL ONLY: the socket for events, with the streams that say when
// the marketplace answers otherwise than before.
const EPOCH = 'mock';

export class Events {
  positions = { registry: 1, operations: 1 };
  #topics = new Map();

  join(socket) {
    this.#topics.set(socket, new Set());
    socket.on('close', () => this.#topics.delete(socket));
    socket.on('message', (message) => this.#onMessage(socket, JSON.parse(String(message))));
  }

  closeAll(code, reason) {
    for (const socket of this.#topics.keys()) socket.close(code, reason);
  }

  /** Something of a source has changed: listeners of every kind are told. */
  changed(source, kind, id) {
    this.positions[source] += 1;
    for (const [socket, topics] of this.#topics) {
      for (const topic of topics) {
        if (!kind || topic.endsWith(`.${kind}s`)) {
          this.#tell(socket, topic, source, id ? [{ id, revision: 1 }] : []);
        }
      }
    }
  }

  /** Where the sources are, as the listing says it. */
  sources(registryState) {
    return {
      registry: { state: registryState, epoch: EPOCH, sequence: this.positions.registry },
      operations: { state: 'fresh', epoch: EPOCH, sequence: this.positions.operations },
    };
  }

  #onMessage(socket, { type, topics = [], id }) {
    const own = this.#topics.get(socket);
    socket.send(JSON.stringify({ ch: 'events', t: 'ack', id, ok: true, data: { topics } }));
    for (const topic of topics) {
      if (type === 'unsubscribe') own.delete(topic);
      else {
        own.add(topic);
        for (const source of Object.keys(this.positions)) this.#tell(socket, topic, source, []);
      }
    }
  }

  #tell(socket, kind, source, changed) {
    const payload = {
      source,
      epoch: EPOCH,
      sequence: this.positions[source],
      state: 'fresh',
      changed,
      ...(changed.length === 0 && { reload: true }),
    };
    const ts = new Date().toISOString();
    socket.send(
      JSON.stringify({ ch: 'events', t: 'evt', kind, payload, source: 'core:marketplace', ts }),
    );
  }
}
