// Inputs that cost more than they should where something is searched or copied too often.
// Each gives what is to be timed and the size of what it works on.

const sizeOf = updates => updates.reduce((n, update) => n + update.length, 0)

/** The updates of a document that `write` changes. */
const updatesOf = (newDoc, id, write) => {
  const updates = []
  write(newDoc(id, update => updates.push(update)))
  return updates
}

const times = (n, make) => Array.from({ length: n }, (_, k) => make(k))

export const hostile = (Y, newDoc) => {
  const deliver = updates => ({
    bytes: sizeOf(updates),
    work: () => {
      const doc = newDoc(900000)
      updates.forEach(update => Y.applyUpdate(doc, update))
      return Y.encodeStateAsUpdate(doc)
    }
  })

  /** n clients that know the same document each make one change. */
  const oneChangeEach = (n, base, change) => [base, ...times(n, i =>
    updatesOf(newDoc, 1000 + i, doc => {
      Y.applyUpdate(doc, base)
      change(doc, i)
    })[1])]

  return {
    'one-list-place' (n) {
      const [base] = updatesOf(newDoc, 1, doc => doc.getArray('a').insert(0, ['a', 'b']))
      return deliver(oneChangeEach(n, base, (doc, i) => doc.getArray('a').insert(1, [i])))
    },
    'one-map-key' (n) {
      const [base] = updatesOf(newDoc, 1, doc => doc.getMap('m').set('v', 0))
      return deliver(oneChangeEach(n, base, (doc, i) => doc.getMap('m').set('v', i)))
    },
    'deletes-in-text' (n) {
      return deliver(updatesOf(newDoc, 1, doc => {
        const text = doc.getText('t')
        text.insert(0, 'x'.repeat(2 * n))
        doc.transact(() => { for (let i = 0; i < n; i++) text.delete(i, 1) })
      }))
    },
    'deletes-in-array' (n) {
      return deliver(updatesOf(newDoc, 1, doc => {
        const array = doc.getArray('a')
        array.insert(0, times(2 * n, k => k))
        doc.transact(() => { for (let i = 0; i < n; i++) array.delete(i, 1) })
      }))
    },
    'deletes-before-text' (n) {
      const [insert, deletes] = updatesOf(newDoc, 1, doc => {
        const text = doc.getText('t')
        text.insert(0, 'x'.repeat(2 * n))
        doc.transact(() => { for (let i = 0; i < n; i++) text.delete(i, 1) })
      })
      return deliver([deletes, insert])
    },
    'gap-each' (n) {
      const pairs = times(n, i => updatesOf(newDoc, 1000 + i, doc => {
        doc.getMap('m').set('a' + i, 1)
        doc.getMap('m').set('b' + i, 'xxxxxxxxxxxxxxxxxxxx')
      }))
      return deliver([...pairs.map(pair => pair[1]), ...pairs.map(pair => pair[0])])
    },
    'lost-first' (n) {
      const updates = updatesOf(newDoc, 5, doc => {
        for (let i = 0; i <= n; i++) doc.getMap('m').set('k' + i % 50, i)
      })
      return deliver([...updates.slice(1), updates[0]])
    },
    'one-by-one' (n) {
      const others = times(n, i =>
        updatesOf(newDoc, 1000 + i, doc => doc.getMap('m').set('k' + i, 0))[0])
      const own = []
      const doc = newDoc(5)
      others.forEach((update, i) => {
        Y.applyUpdate(doc, update)
        doc.once('update', written => own.push(written))
        doc.getMap('m').set('k' + i, 1)
      })
      return deliver([...own, ...others])
    },
    'merge-updates' (n) {
      const updates = updatesOf(newDoc, 5, doc => {
        for (let i = 0; i < n; i++) doc.getMap('m').set('k' + i % 50, i)
      })
      return { bytes: sizeOf(updates), work: () => Y.mergeUpdates(updates) }
    },
    'diff-update' (n) {
      const base = updatesOf(newDoc, 1, doc => doc.getMap('m').set('v', 0))[0]
      const updates = oneChangeEach(n, base, (doc, i) => doc.getMap('m').set('v' + i, i))
      const doc = newDoc(2)
      updates.forEach(update => Y.applyUpdate(doc, update))
      const state = Y.encodeStateAsUpdate(doc)
      const vector = Y.encodeStateVectorFromUpdate(base)
      return { bytes: state.length, work: () => Y.diffUpdate(state, vector) }
    }
  }
}
