// The inputs of the document benches; the same as in the Java package bench.crdt, draw by draw.

/** mulberry32 on 32-bit words. */
export class Rng {
  constructor (seed) { this.state = seed | 0 }

  u32 () {
    this.state = (this.state + 0x6D2B79F5) | 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }

  int (low, high) { return low + this.u32() % (high - low + 1) }

  bool () { return (this.u32() & 1) === 1 }

  word (low, high) {
    const length = this.int(low, high)
    let text = ''
    for (let i = 0; i < length; i++) text += String.fromCharCode(97 + this.u32() % 26)
    return text
  }
}

const NUMBER_MAX = 0x7ffffffe

/** One change of a text: deletes first, then inserts. */
const edit = (index, remove, insert) => ({ index, remove, insert })

const times = (n, make) => Array.from({ length: n }, (_, k) => make(k))

const insertOrDelete = (seed, n) => {
  const rng = new Rng(seed)
  let length = 0
  return times(n, () => {
    const index = rng.int(0, length)
    if (index === length || rng.bool()) {
      const text = rng.word(2, 10)
      length += text.length
      return edit(index, 0, text)
    }
    const count = rng.int(1, Math.min(9, length - index))
    length -= count
    return edit(index, count, '')
  })
}

const insertsOfOne = (rng, length, n) => times(n, k => edit(rng.int(0, length + k), 0, rng.word(1, 1)))

const insertsAndDeletes = (rng, start, n) => {
  let length = start
  const edits = []
  for (let k = 0; k < n; k++) {
    const index = rng.int(0, length)
    const text = rng.word(3, 9)
    edits.push(edit(index, 0, text))
    length += text.length
    if (index === length || rng.bool()) {
      const more = rng.word(2, 10)
      edits.push(edit(index, 0, more))
      length += more.length
    } else {
      const count = rng.int(1, Math.min(9, length - index))
      edits.push(edit(index, count, ''))
      length -= count
    }
  }
  return edits
}

export const apply = (text, { index, remove, insert }) => {
  if (remove > 0) text.delete(index, remove)
  if (insert !== '') text.insert(index, insert)
}

/** Each edit is one transaction. */
const ofText = edits => ({
  kind: 'single',
  steps: edits.map(e => e.remove > 0 && e.insert !== ''
    ? doc => doc.transact(() => apply(doc.getText('t'), e))
    : doc => apply(doc.getText('t'), e))
})

const ofArray = values => ({
  kind: 'single',
  steps: values.map(([index, value]) => doc => doc.getArray('a').insert(index, [value]))
})

/** What a workload does; `count` scales a number of steps. */
export const inputs = (Y, count, trace) => ({
  'b1.1' () {
    return ofText([...new Rng(1).word(count(6000), count(6000))].map((c, i) => edit(i, 0, c)))
  },
  'b1.3' () {
    return ofText([...new Rng(3).word(count(6000), count(6000))].map(c => edit(0, 0, c)))
  },
  'b1.4' () { return ofText(insertsOfOne(new Rng(4), 0, count(6000))) },
  'b1.6' () {
    const text = new Rng(6).word(count(6000), count(6000))
    return ofText([edit(0, 0, text), edit(0, text.length, '')])
  },
  'b1.7' () { return ofText(insertOrDelete(7, count(6000))) },
  'b1.7x10' () { return ofText(insertOrDelete(71, count(60000))) },
  'b1.8' () {
    const rng = new Rng(8)
    return ofArray(times(count(6000), k => [k, rng.int(0, NUMBER_MAX)]))
  },
  'b1.11' () {
    const rng = new Rng(11)
    return ofArray(times(count(6000), k => [rng.int(0, k), rng.int(0, NUMBER_MAX)]))
  },
  'b2.2' () {
    const rng = new Rng(22)
    const base = rng.word(100, 100)
    return { kind: 'two', base, lists: times(2, () => insertsOfOne(rng, 100, count(6000))) }
  },
  'b2.4' () {
    const rng = new Rng(24)
    const base = rng.word(100, 100)
    return { kind: 'two', base, lists: times(2, () => insertsAndDeletes(rng, 100, count(6000))) }
  },
  'b3.1' () {
    return { kind: 'many', clients: count(1540), change: (doc, i) => doc.getMap('m').set('v', i) }
  },
  'b3.4' () {
    const change = (doc, i) => doc.getArray('a').insert(0, [String(i)])
    return { kind: 'many', clients: count(1540), change }
  },
  'b4' () { return { ...ofText(trace()), keepsUpdates: false } },
  m1 () {
    const rng = new Rng(101)
    const writes = times(count(50000), k => [rng.int(0, 199), k])
    return {
      kind: 'single',
      setup: doc => {
        const operations = new Y.Map()
        doc.getMap('m').set('operations', operations)
        const byId = new Y.Map()
        operations.set('by_id', byId)
        for (let i = 0; i < 200; i++) {
          const entry = new Y.Map()
          byId.set('op' + i, entry)
          entry.set('id', 'op' + i)
          entry.set('state', 'running')
          entry.set('progress', 0)
        }
      },
      steps: writes.map(([id, k]) => doc =>
        doc.getMap('m').get('operations').get('by_id').get('op' + id).set('progress', k))
    }
  },
  m2 () {
    const byId = doc => doc.getMap('m').get('by_id')
    const steps = []
    for (let k = 0; k < count(3000); k++) {
      const id = 'op' + k
      steps.push(doc => doc.transact(() => {
        const entry = new Y.Map()
        byId(doc).set(id, entry)
        entry.set('id', id)
        entry.set('kind', 'deploy')
        entry.set('state', 'running')
        entry.set('progress', 0)
        entry.set('started', 1700000000000 + k)
        entry.set('detail', { node: 'n' + k % 10, attempt: 1 })
      }))
      for (let p = 1; p <= 8; p++) steps.push(doc => byId(doc).get(id).set('progress', 12 * p))
      steps.push(doc => byId(doc).get(id).set('state', 'done'))
      if (k >= 50) steps.push(doc => byId(doc).delete('op' + (k - 50)))
    }
    return { kind: 'single', setup: doc => doc.getMap('m').set('by_id', new Y.Map()), steps }
  }
})
