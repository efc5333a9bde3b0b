// One process that makes load: a request per line in, an answer per line out.
import { createInterface } from 'node:readline'
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { ProgressDocument, documentOf, highestMark } from './documents.mjs'
import { Socket, closeAll, now, openMany, sleep } from './socket.mjs'

const ROOTS = ['ui', 'data', 'registry', 'runtime', 'devices']

let document // the writer's document of the run
let writer
let readers = []
const kept = new Map() // sockets that keep a sized document alive, by target and room

/** A reader notes which mark came when; what it means is known when the run is over. */
class Reader {
  constructor(doc) {
    this.doc = doc
    this.last = -1
    this.frames = 0
    this.marks = []
    this.times = []
  }

  take(frame) {
    this.frames++
    if (this.doc) this.apply(frame)
    const mark = highestMark(frame)
    if (mark > this.last) {
      this.last = mark
      this.marks.push(mark)
      this.times.push(now())
    }
  }

  /** Of the protocol's plain form: type, kind, update. */
  apply(frame) {
    const input = decoding.createDecoder(frame)
    decoding.readVarUint(input)
    decoding.readVarUint(input)
    Y.applyUpdate(this.doc, decoding.readVarUint8Array(input))
  }

  /** Adds the latency of every write that has come, in tenths of milliseconds; returns how many. */
  count(sent, histogram) {
    let next = 0
    this.marks.forEach((mark, i) => {
      for (; next <= mark; next++) {
        const tenths = Math.max(0, Math.round((this.times[i] - sent[next]) * 10))
        histogram.set(tenths, (histogram.get(tenths) ?? 0) + 1)
      }
    })
    return next
  }
}

const requests = {
  /** Opens the writer and waits until the server has its document. */
  async seed({ target, room }) {
    document = new ProgressDocument()
    writer = await Socket.open(target, room, { state: () => document.state() })
    writer.update(document.state())
    await stored(target, room, document.state().length)
  },

  /** Opens readers, some with a document; all of them have the state when this ends. */
  async read({ target, room, count, documents = 0 }) {
    readers = []
    await openMany(count, async (i) => {
      const reader = new Reader(i < documents ? new Y.Doc() : undefined)
      readers.push(reader)
      reader.socket = await Socket.open(target, room, {
        onState: (state) => reader.doc && Y.applyUpdate(reader.doc, state),
        onUpdate: (frame) => reader.take(frame),
      })
    })
  },

  /** Writes at a steady rate and tells when each write was sent. */
  async write({ rate, seconds }) {
    const total = rate * seconds
    const sent = []
    const start = now()
    while (sent.length < total) {
      const due = Math.min(total, Math.floor((now() - start) / 1000 * rate) + 1)
      while (sent.length < due) {
        const update = document.write(sent.length)
        sent.push(now())
        writer.update(update)
      }
      await sleep(Math.max(1, Math.min(20, 1000 / rate)))
    }
    return { sent }
  },

  /** Waits until every reader has the last write, or as long as it may. */
  async drain({ total, waitMs }) {
    const end = now() + waitMs
    while (readers.some((reader) => reader.last < total - 1) && now() < end) await sleep(5)
  },

  /** What the readers saw of the writes. */
  async count({ sent }) {
    const histogram = new Map()
    let delivered = 0
    let frames = 0
    for (const reader of readers) {
      delivered += reader.count(sent, histogram)
      frames += reader.frames
    }
    return { delivered, frames, closed: readers.filter((reader) => reader.socket.closed).length,
      histogram: [...histogram] }
  },

  /** The data that readers with a document see. */
  async documents() {
    const documents = readers.filter((reader) => reader.doc)
      .map((reader) => ({ data: reader.doc.getMap('data').toJSON() }))
    return { documents }
  },

  /** Readers go, their documents stay. */
  async leave() {
    await closeAll(readers.map((reader) => reader.socket))
  },

  /** The same readers come back with what they had; tells how much they were sent. */
  async comeBack({ target, room }) {
    let bytes = 0
    for (const reader of readers) {
      reader.socket = await Socket.open(target, room, {
        stateVector: Y.encodeStateVector(reader.doc),
        onState: (state) => Y.applyUpdate(reader.doc, state),
        onUpdate: (frame) => reader.take(frame),
      })
      bytes += reader.socket.bytes.length
    }
    return { bytes }
  },

  /** What a new client is sent, and what the same content needs in a document without history. */
  async sizes({ target, room }) {
    const socket = await Socket.open(target, room)
    await closeAll([socket])
    const doc = new Y.Doc()
    Y.applyUpdate(doc, socket.bytes)
    const fresh = new Y.Doc()
    fresh.transact(() => ROOTS.forEach((root) => doc.getMap(root).forEach((value, key) =>
      fresh.getMap(root).set(key, value instanceof Y.AbstractType ? value.clone() : value))))
    return { encoded: socket.bytes.length, live: Y.encodeStateAsUpdate(fresh).length }
  },

  async close() {
    await closeAll([...readers.map((reader) => reader.socket), ...(writer ? [writer] : [])])
    readers = []
    writer = undefined
  },

  /** Puts a document of this size there, once, and keeps it in use. */
  async fill({ target, room, bytes }) {
    const key = `${target.url} ${room}`
    const update = documentOf(bytes)
    if (!kept.has(key)) {
      const socket = await Socket.open(target, room, { state: () => update })
      socket.update(update)
      kept.set(key, socket)
      await stored(target, room, update.length)
    }
    return { bytes: update.length }
  },

  /** Clients that come one after the other; tells how long each waited for the state. */
  async join({ target, room, count }) {
    const waited = []
    for (let i = 0; i < count; i++) {
      const socket = await Socket.open(target, room)
      waited.push(socket.syncedAt - socket.openedAt)
      await closeAll([socket])
    }
    return { waited }
  },

  /** Clients that come all at once. */
  async storm({ target, room, count }) {
    const start = now()
    const opened = await Promise.allSettled(
      Array.from({ length: count }, () => Socket.open(target, room)))
    const sockets = opened.filter((one) => one.status === 'fulfilled').map((one) => one.value)
    const waited = sockets.map((socket) => socket.syncedAt - start)
    const end = Math.max(start, ...sockets.map((socket) => socket.syncedAt))
    readers = sockets.map((socket) => ({ socket }))
    const failed = opened.find((one) => one.status === 'rejected')
    return { waited, start, end, failed: failed ? String(failed.reason.message) : '' }
  },

  /** Seconds of processor time this process has used. */
  async cpu() {
    const { user, system } = process.cpuUsage()
    return { seconds: (user + system) / 1e6 }
  },
}

/** Waits until a new client is given all of a document. */
async function stored(target, room, bytes) {
  for (let i = 0; i < 200; i++) {
    const probe = await Socket.open(target, room)
    await closeAll([probe])
    if (probe.bytes.length >= bytes * 0.99) return
    await sleep(50)
  }
  throw new Error(`${target.kind} did not take a document of ${bytes} bytes`)
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line)
  let answer
  try {
    answer = await requests[request.do](request) ?? {}
  } catch (e) {
    answer = { error: e.stack }
  }
  process.stdout.write(JSON.stringify(answer) + '\n')
}
process.exit(0)
