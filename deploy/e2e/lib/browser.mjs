// One headless Chromium, the one that the system's package manager installed.
import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';

export function openBrowser() {
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser'],
    { encoding: 'utf8' }).trim();
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-quic'],
  });
}

/** Writes down every state an operation is shown in, from now on, in the order of appearance. */
export function recordOperations(page) {
  return page.evaluate(() => {
    window.__seenOperations = [];
    const note = () => {
      for (const element of document.querySelectorAll('[data-testid^="operation-op_"]')) {
        const seen = {
          id: element.dataset.testid.slice('operation-'.length),
          status: element.dataset.status,
          progress: Number(element.dataset.progress),
          at: performance.timeOrigin + performance.now(),
        };
        const last = window.__seenOperations.findLast((other) => other.id === seen.id);
        if (!last || last.status !== seen.status || last.progress !== seen.progress) {
          window.__seenOperations.push(seen);
        }
      }
    };
    new MutationObserver(note)
      .observe(document.body, { subtree: true, childList: true, attributes: true });
    note();
  });
}

export const seenOperations = (page) => page.evaluate(() => window.__seenOperations);
