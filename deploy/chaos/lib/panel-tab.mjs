// The panel itself in a real browser, as one more tab: what its status line says, and what it was told.
import { openBrowser } from '../../e2e/lib/browser.mjs';
import { Tab, steadyNow } from './tabs.mjs';

export const PANEL_WEBSPACE = 'desktop';

/** Of clocks asked for the difference, the answer that came soonest is the most exact. */
const CLOCK_TRIES = 10;

/** The words of the status line, as a client without a page says them. */
const SAID = { fresh: 'live', aging: 'aging', stale: 'stale', unknown: 'offline' };

/** Runs in the page, before its own scripts: notes by the page's clock what comes and what is shown. */
function note() {
  const seen = { generations: [], shows: [], sockets: [] };
  window.__seen = seen;
  const now = () => performance.now();
  const Original = window.WebSocket;
  window.WebSocket = class extends Original {
    constructor(url, protocols) {
      super(url, protocols);
      if (!String(url).includes('/yws/')) return;
      this.addEventListener('open', () => seen.sockets.push([now(), true]));
      this.addEventListener('close', ({ code }) => seen.sockets.push([now(), false, code]));
      this.addEventListener('message', ({ data }) => {
        const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : [];
        if (bytes[0] !== 65) return;
        let number = 0;
        for (let i = 1, scale = 1; i < bytes.length; i++, scale *= 128) number += (bytes[i] & 127) * scale;
        seen.generations.push([now(), number]);
      });
    }
  };
  let noted = now();
  setInterval(() => {
    const line = document.querySelector('[data-testid="connection"]');
    // After a page has stood still, its scripts have to run before it can be asked.
    const ran = now() - noted < 1_000;
    noted = now();
    if (line && ran) seen.shows.push([noted, line.dataset.sync]);
  }, 250);
}

export class PanelTab {
  constructor(browser, page, gate) {
    Object.assign(this, { browser, page, gates: [gate], tab: new Tab('panel', PANEL_WEBSPACE) });
  }

  /** Opens the panel by a gate of its own. */
  static async open(gate, token) {
    const browser = await openBrowser();
    const page = await browser.newPage();
    await page.addInitScript(note);
    await page.goto(`http://127.0.0.1:${gate.port}/#token=${token}`);
    const panel = new PanelTab(browser, page, gate);
    panel.devtools = await page.context().newCDPSession(page);
    return panel;
  }

  /** What its status line says now. */
  async said() {
    return this.page.evaluate(() => window.__seen.shows.at(-1)?.[1]);
  }

  /** Like a tab that nobody looks at for long: no timer and no message is handled. */
  freeze() {
    return this.devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  }

  thaw() {
    return this.devtools.send('Page.setWebLifecycleState', { state: 'active' });
  }

  /** All it has noted, by the clock of all processes; what it has is told by generation. */
  async collect(published) {
    const ahead = await this.#ahead();
    const { generations, shows, sockets } = await this.page.evaluate(() => window.__seen);
    const durable = published.filter(({ generation }) => generation !== undefined);
    let newest = 0;
    for (const [at, generation] of generations) {
      while (durable[0]?.generation <= generation) newest = durable.shift().n;
      if (newest > (this.tab.saw.at(-1)?.n ?? 0)) this.tab.take(at + ahead, 'saw', newest);
    }
    for (const [at, word] of shows) this.tab.take(at + ahead, 'shows', SAID[word] ?? word);
    for (const [at, open, code] of sockets) this.tab.take(at + ahead, open ? 'open' : 'close', code);
  }

  /** How far our clock is ahead of the page's. */
  async #ahead() {
    let best = { took: Infinity };
    for (let i = 0; i < CLOCK_TRIES; i++) {
      const asked = steadyNow();
      const page = await this.page.evaluate(() => performance.now());
      const took = steadyNow() - asked;
      if (took < best.took) best = { took, ahead: asked + took / 2 - page };
    }
    return best.ahead;
  }

  close() {
    return this.browser.close();
  }
}
