// A process of tabs: the panel's own client over real yjs, without a page. It tells what each tab has
// seen and shows, by a clock that all processes of the machine share. Started by tabs.mjs.
import WebSocket from 'ws';

/** The client's own: whatever is shown is worked out anew this often. */
const TICK_MS = 250;
const TELL_MS = 200;

const { RoomConnection } = await import(process.argv[2]);
const tabs = new Map();
let events = [];
let skewMs = 0;
let asking;

const now = () => Number(process.hrtime.bigint() / 1000n) / 1000;
const note = (tab, what, value) => events.push([tab, now(), what, value]);

const wallClock = Date.now;
Date.now = () => wallClock() + skewMs;

/** Tells when the sockets of a tab open and close; whoever asked for its address last makes one. */
class NotedSocket extends WebSocket {
  constructor(url, protocols) {
    super(url, protocols);
    const { id } = asking;
    this.on('open', () => note(id, 'open'));
    this.on('close', (code) => note(id, 'close', code));
    // A browser's socket that fails says so with its close; here nobody may be listening any more.
    this.on('error', () => {});
    asking.socket = this;
  }
}

const page = { addEventListener() {}, removeEventListener() {}, visibilityState: 'visible' };
Object.assign(globalThis, { WebSocket: NotedSocket, window: page, document: page });
console.warn = () => {};

function open({ id, url, token, watched }) {
  const tab = { id, watched: watched.split('/'), seen: 0, doc: undefined };
  tabs.set(id, tab);
  const address = {
    token,
    get url() {
      asking = tab;
      return url;
    },
  };
  tab.connection = new RoomConnection(address);
  tab.stop = tab.connection.start();
  tab.connection.subscribe(() => follow(tab));
  follow(tab);
  // Of timers with one period the one set later runs later: the client has looked at its clock.
  tab.ticker = setInterval(() => note(id, 'shows', tab.connection.current().state), TICK_MS);
}

/** The document may be another one, after the room told the client to start over. */
function follow(tab) {
  const { doc } = tab.connection.current();
  if (doc === tab.doc) return;
  tab.doc = doc;
  doc.on('update', () => {
    const n = numberAt(doc, tab.watched);
    if (n === tab.seen) return;
    tab.seen = n;
    note(tab.id, 'saw', n);
  });
}

function numberAt(doc, [root, ...keys]) {
  let value = doc.getMap(root);
  for (const key of keys) value = typeof value?.get === 'function' ? value.get(key) : value?.[key];
  const n = typeof value?.get === 'function' ? value.get('n') : value?.n;
  return n ?? 0;
}

const orders = {
  open: (list) => list.forEach(open),
  skew: (ms) => { skewMs = ms; },
  hangUp: () => tabs.forEach(({ socket }) => socket?.terminate()),
  close: () => {
    tabs.forEach(({ stop, ticker }) => { stop(); clearInterval(ticker); });
    process.exit(0);
  },
};

process.on('message', ([order, value]) => orders[order](value));
process.on('disconnect', () => process.exit(0));
setInterval(() => {
  if (events.length === 0) return;
  process.send(events);
  events = [];
}, TELL_MS);
process.send([]);
