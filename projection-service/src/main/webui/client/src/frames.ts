import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {
  messageYjsSyncStep1,
  messageYjsSyncStep2,
  messageYjsUpdate,
  writeSyncStep1,
} from 'y-protocols/sync';
import type * as Y from 'yjs';

const MESSAGE_SYNC = 0;
const MESSAGE_GENERATION = 65;
const MESSAGE_RELOAD = 66;

/** One message of the room, as far as a reader needs it. */
export type Frame =
  /** A change of the document; `whole` on the answer to our state vector. */
  | { type: 'update'; update: Uint8Array; whole: boolean }
  /** The room has sent everything up to this generation. */
  | { type: 'generation'; generation: number }
  /** The room went back to an older state: what we hold is to be thrown away. */
  | { type: 'reload' }
  /** Nothing for a reader: awareness, the room's own state vector, kinds yet to be invented. */
  | { type: 'other' };

/** Reads one binary message; throws on anything cut short. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const decoder = decoding.createDecoder(bytes);
  switch (decoding.readVarUint(decoder)) {
    case MESSAGE_SYNC:
      return decodeSync(decoder);
    case MESSAGE_GENERATION:
      return { type: 'generation', generation: decoding.readVarUint(decoder) };
    case MESSAGE_RELOAD:
      return { type: 'reload' };
    default:
      return { type: 'other' };
  }
}

function decodeSync(decoder: decoding.Decoder): Frame {
  const kind = decoding.readVarUint(decoder);
  switch (kind) {
    case messageYjsSyncStep2:
    case messageYjsUpdate:
      return {
        type: 'update',
        update: decoding.readVarUint8Array(decoder),
        whole: kind === messageYjsSyncStep2,
      };
    // A browser only reads: it has nothing the room lacks, so the question is left unanswered.
    case messageYjsSyncStep1:
      return { type: 'other' };
    default:
      throw new Error(`unknown sync message ${kind}`);
  }
}

/** What we have; the room answers with what we lack. */
export function encodeSyncStep1(doc: Y.Doc): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_SYNC);
    writeSyncStep1(encoder, doc);
  });
}

/** Proof that everything up to this generation is applied here. */
export function encodeGeneration(generation: number): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_GENERATION);
    encoding.writeVarUint(encoder, generation);
  });
}

function encode(write: (encoder: encoding.Encoder) => void): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  write(encoder);
  return Uint8Array.from(encoding.toUint8Array(encoder));
}
