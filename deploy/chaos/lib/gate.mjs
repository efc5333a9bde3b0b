// A way to the hub that can be cut half-open: both ends stay connected, and nothing comes through.
import { createServer, connect } from 'node:net';

export class Gate {
  #pairs = new Set();
  #cut = false;

  static async open(port) {
    const gate = new Gate();
    gate.server = createServer((near) => gate.#join(near, connect(port, '127.0.0.1')));
    await new Promise((resolve, reject) => {
      gate.server.once('error', reject);
      gate.server.listen(0, '127.0.0.1', resolve);
    });
    return gate;
  }

  get port() {
    return this.server.address().port;
  }

  #join(near, far) {
    const pair = [near, far];
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      pair.forEach((socket) => socket.destroy());
    };
    pair.forEach((socket) => socket.setNoDelay(true).on('error', end).on('close', end));
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => near.write(bytes));
    if (this.#cut) pair.forEach((socket) => socket.pause());
  }

  cut() {
    this.#cut = true;
    this.#pairs.forEach((pair) => pair.forEach((socket) => socket.pause()));
  }

  /** What was held back comes through. */
  mend() {
    this.#cut = false;
    this.#pairs.forEach((pair) => pair.forEach((socket) => socket.resume()));
  }

  /** Both ends hear at last that they were cut. */
  drop() {
    this.#cut = false;
    this.#pairs.forEach((pair) => pair.forEach((socket) => socket.destroy()));
  }

  close() {
    this.drop();
    this.server.close();
  }
}
