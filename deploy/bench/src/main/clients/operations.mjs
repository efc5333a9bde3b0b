// Starts operations and notes when a real Yjs document shows them.
import { createInterface } from 'node:readline'
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { Socket, closeAll, now, sleep } from './socket.mjs'

const SEEN_WAIT_MS = 15_000

const requests = {
  /** Milliseconds from each request to its operation in the document, and how many never came. */
  async visible({ url, target, room, rate, seconds }) {
    const doc = new Y.Doc()
    const socket = await Socket.open(target, room, {
      onState: (state) => Y.applyUpdate(doc, state),
      onUpdate: (frame) => {
        const input = decoding.createDecoder(frame)
        decoding.readVarUint(input)
        decoding.readVarUint(input)
        Y.applyUpdate(doc, decoding.readVarUint8Array(input))
      },
    })
    const sentAt = new Map() // of operations whose id is known
    const seenAt = new Map() // when the document had an id, known or not yet
    const look = () => {
      const byId = doc.getMap('runtime').get('operations')?.get('by_id')
      byId?.forEach((_, id) => seenAt.has(id) || seenAt.set(id, now()))
    }
    look()
    doc.on('update', look)
    const start = now()
    const pending = []
    for (let i = 0; i < rate * seconds; i++) {
      await sleep(Math.max(0, start + i * 1000 / rate - now()))
      pending.push(begin(url, target.token, `y${process.pid}_${start.toFixed(0)}_${i}`)
        .then(({ id, at }) => sentAt.set(id, at)))
    }
    await Promise.all(pending)
    const end = now() + SEEN_WAIT_MS
    while ([...sentAt.keys()].some((id) => !seenAt.has(id)) && now() < end) await sleep(20)
    await closeAll([socket])
    const seen = [...sentAt].filter(([id]) => seenAt.has(id))
    return { millis: seen.map(([id, at]) => seenAt.get(id) - at), missed: sentAt.size - seen.length }
  },
}

async function begin(url, token, id) {
  const at = now()
  const answer = await fetch(url, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ kind: 'bench.noop', target_kind: 'bench', target_id: id }),
  })
  if (answer.status !== 202) throw new Error(`status ${answer.status}: ${await answer.text()}`)
  return { id: (await answer.json()).operation_id, at }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line)
  try {
    console.log(JSON.stringify((await requests[request.do](request)) ?? {}))
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }))
  }
}
