// Runs workloads with Yjs. Reads one JSON request a line from stdin, answers one line each.
// Usage: node --expose-gc yjs.mjs [TRACE.json.gz]
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { gunzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { apply, inputs } from './workloads.mjs'
import { hostile } from './hostile.mjs'

const LONG_ENOUGH_MS = 25
const HEAP_STRUCTS = 60000
const HEAP_COPIES_MAX = 200

let edits = null
const trace = () => {
  if (edits === null) {
    const file = JSON.parse(gunzipSync(readFileSync(process.argv[2])))
    edits = file.txns.flatMap(txn => txn.patches)
      .map(([index, remove, insert]) => ({ index, remove, insert }))
  }
  return edits
}

const newDoc = (id, onUpdate) => {
  const doc = new Y.Doc()
  doc.clientID = id
  doc.getText('t')
  doc.getArray('a')
  doc.getMap('m')
  if (onUpdate) doc.on('update', onUpdate)
  return doc
}

const clock = work => {
  const start = performance.now()
  work()
  return performance.now() - start
}

/** Time of one go, taken over as many as can be measured. */
const clockShort = work => {
  let runs = 0
  let ms = 0
  while (ms < LONG_ENOUGH_MS) {
    ms += clock(work)
    runs++
  }
  return ms / runs
}

const sha = parts => {
  const hash = createHash('sha256')
  parts.forEach(part => hash.update(part))
  return hash.digest('hex')
}

const structsOf = doc => [...doc.store.clients.values()].reduce((n, list) => n + list.length, 0)

/** Bytes of heap that one parsed copy of a document keeps. */
const retained = (state, structs) => {
  const copies = Math.max(1, Math.min(HEAP_COPIES_MAX, Math.floor(HEAP_STRUCTS / structs)))
  gc()
  const before = process.memoryUsage().heapUsed
  const kept = []
  for (let i = 0; i < copies; i++) {
    const doc = newDoc(900001 + i)
    Y.applyUpdate(doc, state)
    kept.push(doc)
  }
  gc()
  const bytes = (process.memoryUsage().heapUsed - before) / kept.length
  return Math.round(bytes)
}

const single = input => {
  const updates = []
  const doc = newDoc(1)
  input.setup && doc.transact(() => input.setup(doc))
  const base = Y.encodeStateAsUpdate(doc)
  const keeps = input.keepsUpdates !== false
  let updateBytes = 0
  doc.on('update', update => {
    updateBytes += update.length
    keeps && updates.push(update)
  })
  gc()
  const doMs = clock(() => input.steps.forEach(step => step(doc)))
  let applyMs = 0
  if (keeps) {
    const other = newDoc(2)
    Y.applyUpdate(other, base)
    gc()
    applyMs = clock(() => updates.forEach(update => Y.applyUpdate(other, update)))
    updates.push(Y.encodeStateAsUpdate(other))
  }
  return { doc, doMs, applyMs, updates, updateBytes }
}

const two = input => {
  const updates = [[], []]
  const docs = [1, 2].map((id, i) => newDoc(id, update => updates[i].push(update)))
  docs[0].getText('t').insert(0, input.base)
  Y.applyUpdate(docs[1], updates[0].pop())
  updates[1].length = 0
  gc()
  const doMs = clock(() => docs.forEach((doc, i) =>
    doc.transact(() => input.lists[i].forEach(e => apply(doc.getText('t'), e)))))
  const [first, second] = updates.map(list => list[0])
  const applyMs = clock(() => {
    Y.applyUpdate(docs[0], second)
    Y.applyUpdate(docs[1], first)
  })
  const all = [first, second, Y.encodeStateAsUpdate(docs[1])]
  return { doc: docs[0], doMs, applyMs, updates: all, updateBytes: first.length + second.length }
}

const many = input => {
  const updates = []
  gc()
  const doMs = clock(() => {
    for (let i = 0; i < input.clients; i++) input.change(newDoc(i + 1, u => updates.push(u)), i)
  })
  const doc = newDoc(100001)
  gc()
  const applyMs = clock(() =>
    doc.transact(() => updates.forEach(update => Y.applyUpdate(doc, update))))
  return { doc, doMs, applyMs, updates, updateBytes: updates.reduce((n, u) => n + u.length, 0) }
}

const kinds = { single, two, many }

const countOf = scale => n => Math.max(20, Math.round(n * scale))

const run = request => {
  const input = inputs(Y, countOf(request.scale), trace)[request.workload]()
  const { doc, updates, ...times } = kinds[input.kind](input)
  const state = Y.encodeStateAsUpdate(doc)
  gc()
  const encodeMs = clockShort(() => Y.encodeStateAsUpdate(doc))
  gc()
  const parseMs = clockShort(() => Y.applyUpdate(newDoc(900000), state))
  const structs = structsOf(doc)
  return {
    ...times,
    encodeMs,
    parseMs,
    docBytes: state.length,
    docSha: sha([state]),
    updatesSha: sha(updates),
    structs,
    retainedBytes: request.heap ? retained(state, structs) : 0
  }
}

const runHostile = request => {
  const { bytes, work } = hostile(Y, newDoc)[request.workload](request.n)
  gc()
  let result
  const ms = clock(() => { result = work() })
  return { ms, inputBytes: bytes, sha: sha([result]) }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line)
  try {
    const answer = request.n === undefined ? run(request) : runHostile(request)
    console.log(JSON.stringify(answer))
  } catch (e) {
    console.log(JSON.stringify({ error: String(e.stack) }))
  }
}
