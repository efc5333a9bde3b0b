// A socket to a document, without a document behind it: frames in, frames out.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import WebSocket from 'ws'

const SYNC = 0
const AUTH = 2
const STEP1 = 0
const STEP2 = 1
const UPDATE = 2
const AUTHENTICATED = 2
const EMPTY_STATE_VECTOR = new Uint8Array([0])
const EMPTY_UPDATE = new Uint8Array([0, 0])
const SYNC_TIMEOUT_MS = 60_000
const NOTHING = {
  stateVector: EMPTY_STATE_VECTOR,
  state: () => EMPTY_UPDATE,
  onState: () => {},
  onUpdate: () => {},
}

/** Milliseconds on the machine's steady clock: the same in every process. */
const origin = Number(process.hrtime.bigint()) / 1e6 - performance.now()
export const now = () => origin + performance.now()

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Opens a document of a target and resolves when its state has come.
 *
 * target: {kind: 'hub' | 'y-websocket' | 'hocuspocus', url, token}; stateVector and state(): what
 * this client has itself; onState(update): what the server adds; onUpdate(frame): every frame after
 * that, as it came.
 */
export class Socket {
  static open(target, room, does = {}) {
    return new Promise((resolve, reject) => {
      const socket = new Socket(target, room, { ...NOTHING, ...does })
      const timer = setTimeout(() => socket.fail(new Error(`no state within ${SYNC_TIMEOUT_MS} ms`)),
        SYNC_TIMEOUT_MS)
      socket.settle = (error) => {
        clearTimeout(timer)
        if (error) reject(error)
        else resolve(socket)
      }
    })
  }

  constructor(target, room, does) {
    this.prefixed = target.kind === 'hocuspocus'
    this.room = room
    this.does = does
    this.synced = false
    this.closed = false
    const url = this.prefixed ? target.url : `${target.url}/${room}`
    const protocols = target.kind === 'hub' ? ['hub.v1', `hub.token.${target.token}`] : []
    this.openedAt = now()
    this.ws = new WebSocket(url, protocols, { perMessageDeflate: false })
    this.ws.on('open', () => (this.prefixed ? this.authenticate() : this.ask()))
    this.ws.on('message', (data) => this.take(data))
    this.ws.on('error', (error) => this.fail(error))
    this.ws.on('close', (code, reason) => {
      this.closed = true
      this.fail(new Error(`closed with ${code} ${reason} before the state came`))
    })
  }

  fail(error) {
    if (!this.synced) this.settle(error)
  }

  authenticate() {
    this.send(AUTH, 0, (out) => {
      encoding.writeVarString(out, 'token')
      encoding.writeVarString(out, '4.7.0')
    })
  }

  ask() {
    this.send(SYNC, STEP1, (out) => encoding.writeVarUint8Array(out, this.does.stateVector))
  }

  update(bytes) {
    this.send(SYNC, UPDATE, (out) => encoding.writeVarUint8Array(out, bytes))
  }

  send(type, kind, write) {
    const out = encoding.createEncoder()
    if (this.prefixed) encoding.writeVarString(out, this.room)
    encoding.writeVarUint(out, type)
    encoding.writeVarUint(out, kind)
    write(out)
    this.ws.send(encoding.toUint8Array(out))
  }

  take(data) {
    const input = decoding.createDecoder(data)
    if (this.prefixed) decoding.readVarString(input)
    const type = decoding.readVarUint(input)
    if (type === AUTH) {
      if (decoding.readVarUint(input) === AUTHENTICATED) this.ask()
      else this.fail(new Error('refused'))
    } else if (type === SYNC) {
      this.sync(decoding.readVarUint(input), data, input)
    }
  }

  sync(kind, data, input) {
    if (kind === STEP1) {
      const state = this.does.state()
      this.send(SYNC, STEP2, (out) => encoding.writeVarUint8Array(out, state))
    } else if (kind === STEP2 && !this.synced) {
      this.bytes = decoding.readVarUint8Array(input)
      this.syncedAt = now()
      this.synced = true
      this.does.onState(this.bytes)
      this.settle()
    } else {
      this.does.onUpdate(data)
    }
  }

  close() {
    this.ws.close()
  }
}

/** Closes sockets and waits until they are. */
export async function closeAll(sockets) {
  sockets.forEach((socket) => socket.close())
  const end = now() + 3000
  while (sockets.some((socket) => !socket.closed) && now() < end) await sleep(10)
  sockets.forEach((socket) => socket.closed || socket.ws.terminate())
}

/** Opens many, so many at a time that no listen queue runs over. */
export async function openMany(count, open) {
  const sockets = []
  for (let i = 0; i < count; i += 100) {
    const some = Array.from({ length: Math.min(100, count - i) }, (_, k) => open(i + k))
    sockets.push(...await Promise.all(some))
  }
  return sockets
}
