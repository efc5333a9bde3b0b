// Documents of the npm package yjs, moved by JavaScript that a test sends: one JSON string a line
// in, one JSON object a line out. In scope: Y, docs (kept between lines), from64 and to64.
import { createInterface } from 'node:readline';
import * as Y from 'yjs';

const docs = {};
const from64 = (text) => new Uint8Array(Buffer.from(text, 'base64'));
const to64 = (bytes) => Buffer.from(bytes).toString('base64');

for await (const line of createInterface({ input: process.stdin })) {
  try {
    const work = new Function('Y', 'docs', 'from64', 'to64', JSON.parse(line));
    console.log(JSON.stringify({ result: work(Y, docs, from64, to64) ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error.stack) }));
  }
}
