// Browsers that listen to streams over the socket for events; a line of JSON in, a line out.
//   open {ws, token, count, topics}   opens sockets that listen
//   stream {base, token, receiver, bytes, seconds}   publishes every 20 ms after the last answer
//   rows {market, registry, token, admin, pushes}    pushes, and every browser asks for the row
import http from 'node:http';
import readline from 'node:readline';
import WebSocket from 'ws';

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
const browsers = [];
const seen = new Map();
let heard = [];
let asked = 0;
let market = null;

class Browser {
  known = 0;
  wanted = 0;
  revision = 0;
  isAsking = false;

  async open({ ws, token, topics }) {
    const socket = new WebSocket(ws, ['hub.v1', `hub.token.${token}`]);
    const taken = new Promise((done, failed) => {
      socket.on('error', failed);
      socket.on('close', (code) => failed(new Error(`closed with ${code}`)));
      socket.on('message', (data) => {
        const message = JSON.parse(data);
        if (message.t === 'ack') done();
        else if (message.payload.at) heard.push(performance.now() - message.payload.at);
        else if (message.payload.source === 'registry') this.told(message.payload.sequence);
      });
    });
    await new Promise((done) => socket.on('open', done));
    socket.send(JSON.stringify({ type: 'subscribe', topics, id: 'topics' }));
    await taken;
  }

  told(sequence) {
    if (sequence <= this.known) return;
    this.wanted = Math.max(this.wanted, sequence);
    if (!this.isAsking && market) this.askSoon();
  }

  askSoon() {
    this.isAsking = true;
    setTimeout(() => void this.ask(), Math.random() * 100);
  }

  async ask() {
    asked++;
    const body = await get(`/v1/marketplace?kind=skill&limit=100&min_sequence=registry:${this.wanted}`);
    this.known = body.sources.registry.sequence;
    this.see(body.items.find(({ id }) => id === 'streamed_skill')?.revision ?? 0);
    if (this.wanted > this.known) this.askSoon();
    else this.isAsking = false;
  }

  see(revision) {
    for (let each = this.revision + 1; each <= revision; each++) times(each).push(performance.now());
    this.revision = Math.max(this.revision, revision);
  }
}

/** When browsers had a revision of the row. */
function times(revision) {
  if (!seen.has(revision)) seen.set(revision, []);
  return seen.get(revision);
}

function get(path) {
  return new Promise((done, failed) => {
    const options = { agent, headers: { authorization: `Bearer ${market.token}` } };
    http.get(market.url + path, options, (answer) => {
      let text = '';
      answer.on('data', (part) => (text += part));
      answer.on('end', () => done(JSON.parse(text)));
    }).on('error', failed);
  });
}

const post = (url, token, body) => fetch(url, {
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const doing = {
  async open({ count, ...address }) {
    for (let i = 0; i < count; i++) {
      const browser = new Browser();
      await browser.open(address);
      browsers.push(browser);
    }
    return { open: browsers.length };
  },

  async stream({ base, token, receiver, bytes, seconds }) {
    heard = [];
    const fill = 'x'.repeat(bytes);
    const end = performance.now() + seconds * 1000;
    const outcomes = {};
    while (performance.now() < end) {
      const answer = await post(`${base}/v1/webspaces/desktop/streams/${receiver}`, token,
        { payload: { at: performance.now(), fill } });
      const { outcome, code } = await answer.json();
      outcomes[outcome ?? code] = (outcomes[outcome ?? code] ?? 0) + 1;
      await sleep(20);
    }
    await sleep(2000);
    return { outcomes, millis: heard.map((ms) => Math.round(ms * 10) / 10) };
  },

  async rows({ url, registry, token, admin, archives }) {
    market = { url, token };
    asked = 0;
    const millis = [];
    let missed = 0;
    for (const archive of archives) {
      const answer = await post(`${registry}/v1/skills`, admin, { name: 'streamed_skill', archive_b64: archive });
      const acknowledged = performance.now();
      const { revision, code } = await answer.json();
      if (answer.status !== 201) throw new Error(`push answered ${answer.status} ${code}`);
      const late = performance.now() + 20_000;
      const isComplete = () => browsers.every((browser) => browser.revision >= revision);
      while (!isComplete() && performance.now() < late) await sleep(20);
      times(revision).forEach((at) => millis.push(Math.round((at - acknowledged) * 10) / 10));
      missed += browsers.filter((browser) => browser.revision < revision).length;
      await sleep(500);
    }
    market = null;
    return { millis, missed, asked };
  },
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { do: what, ...rest } = JSON.parse(line);
  try {
    console.log(JSON.stringify(await doing[what](rest)));
  } catch (failure) {
    console.log(JSON.stringify({ error: failure.message }));
  }
}
