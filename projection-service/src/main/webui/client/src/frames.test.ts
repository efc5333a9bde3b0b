import * as encoding from 'lib0/encoding';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { decodeFrame, encodeGeneration, encodeSyncStep1 } from './frames';

describe('frames', () => {
  test.each([0, 1, 127, 128, 300, 2 ** 31, 2 ** 53 - 1])(
    'generation %i goes there and back',
    (generation) => {
      const bytes = encodeGeneration(generation);
      expect(bytes[0]).toBe(65);
      expect(decodeFrame(bytes)).toEqual({ type: 'generation', generation });
    },
  );

  test('the question carries the state vector', () => {
    const doc = new Y.Doc();
    doc.getMap('runtime').set('a', 1);
    const bytes = encodeSyncStep1(doc);
    const vector = Y.encodeStateVector(doc);
    expect([...bytes]).toEqual([0, 0, vector.length, ...vector]);
  });

  test.each([
    [1, true],
    [2, false],
  ])('sync message %i is an update', (kind, whole) => {
    const update = Uint8Array.of(0, 0);
    expect(decodeFrame(Uint8Array.of(0, kind, 2, ...update))).toEqual({
      type: 'update',
      update,
      whole,
    });
  });

  test('the order to start over is understood', () => {
    expect(decodeFrame(Uint8Array.of(66))).toEqual({ type: 'reload' });
  });

  test.each([[[0, 0, 1, 0]], [[1, 3, 0, 0, 0]], [[3]], [[99, 1, 2]]])(
    '%j is nothing for a reader',
    (bytes) => {
      expect(decodeFrame(Uint8Array.from(bytes))).toEqual({ type: 'other' });
    },
  );

  test.each([[[]], [[0]], [[0, 2, 5, 1]], [[65]], [[0, 9]]])('%j is refused', (bytes) => {
    expect(() => decodeFrame(Uint8Array.from(bytes))).toThrow();
  });

  test('a frame may be part of a larger buffer', () => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 65);
    encoding.writeVarUint(encoder, 7);
    const bytes = encoding.toUint8Array(encoder);
    const padded = new Uint8Array(64);
    padded.set(bytes, 8);
    expect(decodeFrame(padded.subarray(8, 8 + bytes.length))).toEqual({
      type: 'generation',
      generation: 7,
    });
  });
});
