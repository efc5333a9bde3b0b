// For tests: a WebSocket whose other end is the test.
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

export class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (!socket) throw new Error('nobody has connected');
    return socket;
  }

  readonly url: string;
  readonly protocols: string[];
  readonly sent: Uint8Array[] = [];
  readyState = 0;
  binaryType = 'blob';
  isClosedByUs = false;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((close: { code: number; reason: string }) => void) | null = null;

  constructor(url: string, protocols: string[]) {
    if (protocols.some((protocol) => /[\s"]/.test(protocol))) throw new SyntaxError('bad protocol');
    this.url = url;
    this.protocols = protocols;
    FakeSocket.all.push(this);
  }

  send(bytes: Uint8Array): void {
    this.sent.push(bytes);
  }

  close(): void {
    this.isClosedByUs = true;
    this.readyState = 3;
  }

  /** The server accepts and answers the state vector with this document. */
  sync(doc: Y.Doc, generation = 1): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
    this.update(Y.encodeStateAsUpdate(doc), 1);
    this.generation(generation);
  }

  update(update: Uint8Array, kind = 2): void {
    this.frame((encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, kind);
      encoding.writeVarUint8Array(encoder, update);
    });
  }

  generation(generation: number): void {
    this.frame((encoder) => {
      encoding.writeVarUint(encoder, 65);
      encoding.writeVarUint(encoder, generation);
    });
  }

  bytes(...bytes: number[]): void {
    this.onmessage?.({ data: Uint8Array.from(bytes).buffer });
  }

  lose(code: number, reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  private frame(write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    write(encoder);
    this.bytes(...encoding.toUint8Array(encoder));
  }
}
