// The documents of the benches and the marks in them.
import * as Y from 'yjs'

const OPERATIONS = 200
const EVENTS = 100
const STEP = 7919 // prime: neighbouring writes go to operations far apart
const ENTRY_BYTES = 228
const MARK = 0x23
const MARK_DIGITS = 8

/** A document of 200 running operations whose progress is written again and again. */
export class ProgressDocument {
  constructor() {
    this.doc = new Y.Doc()
    this.doc.transact(() => this.seed())
    this.doc.on('update', (update) => { this.last = update })
  }

  seed() {
    const runtime = this.doc.getMap('runtime')
    const operations = new Y.Map()
    runtime.set('operations', operations)
    this.byId = new Y.Map()
    operations.set('by_id', this.byId)
    this.events = new Y.Array()
    runtime.set('events', this.events)
    for (let i = 0; i < OPERATIONS; i++) {
      const operation = new Y.Map()
      this.byId.set(`op${i}`, operation)
      operation.set('id', `op${i}`)
      operation.set('state', 'running')
      operation.set('progress', '0')
    }
  }

  state() {
    return Y.encodeStateAsUpdate(this.doc)
  }

  /** Write n: a progress, and with every fifth an event of which the newest 100 stay. */
  write(n) {
    this.doc.transact(() => {
      this.byId.get(`op${n * STEP % OPERATIONS}`).set('progress', mark(n))
      if (n % 5 === 4) {
        this.events.push([{ n, type: 'progress' }])
        if (this.events.length > EVENTS) this.events.delete(0, 1)
      }
    })
    return this.last
  }
}

const mark = (n) => `#${String(n).padStart(MARK_DIGITS, '0')}`

/** The highest mark inside a frame, -1 when there is none. */
export function highestMark(frame) {
  let highest = -1
  let at = -1
  while ((at = frame.indexOf(MARK, at + 1)) >= 0 && at + MARK_DIGITS < frame.length) {
    let n = 0
    for (let k = 1; k <= MARK_DIGITS && n >= 0; k++) {
      const digit = frame[at + k] - 48
      n = digit >= 0 && digit <= 9 ? n * 10 + digit : -1
    }
    if (n > highest) highest = n
  }
  return highest
}

const sized = new Map()

/** The update that makes a document of about so many bytes. */
export function documentOf(bytes) {
  if (!sized.has(bytes)) {
    const doc = new Y.Doc()
    doc.transact(() => {
      const byId = new Y.Map()
      doc.getMap('runtime').set('by_id', byId)
      for (let i = 0; i * ENTRY_BYTES < bytes; i++) byId.set(`op${i}`, entry(i))
    })
    sized.set(bytes, Y.encodeStateAsUpdate(doc))
  }
  return sized.get(bytes)
}

function entry(i) {
  return new Y.Map(Object.entries({
    id: `op${i}`,
    kind: 'deployment',
    state: 'running',
    progress: i % 100,
    started: 1_700_000_000_000 + i,
    detail: { node: `node-${i % 10}`, attempt: 1, message: `unpacked and checked part number ${i}` },
  }))
}
