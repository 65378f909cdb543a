/// <reference lib="dom" />

/** When something was painted, and the scripts that had been loaded until then. */
export interface Painted {
  ms: number;
  scripts: string[];
}

declare global {
  interface Window {
    stopwatch: { lookFor: (selector: string) => void; painted: Promise<Painted>; keys: number[]; timeKeys: () => void };
  }
}

/**
 * Runs in the page, before its scripts. Playwright sends the source of the function, so it refers to nothing outside. It
 * measures in the page, because each call of Playwright takes milliseconds.
 */
export function installStopwatch() {
  const afterPaint = (done: () => void) =>
    requestAnimationFrame(() => {
      // A frame is on its way when the first task after its callbacks runs.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', done, { once: true });
      port1.start();
      port2.postMessage(null);
    });
  const loaded = () =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.endsWith('.js'));
  window.stopwatch = {
    painted: Promise.resolve({ ms: 0, scripts: [] }),
    keys: [],
    /** Measures from the next click or key, or, without one, from the start of the page. */
    lookFor(selector) {
      let begun = 0;
      const begin = ({ timeStamp }: Event) => {
        begun = timeStamp;
      };
      for (const type of ['click', 'keydown']) addEventListener(type, begin, { capture: true });
      this.painted = new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error(`Nothing matches ${selector}.`)), 60_000);
        const look = () => {
          if (!document.querySelector(selector)) return;
          observer.disconnect();
          afterPaint(() => resolve({ ms: performance.now() - begun, scripts: loaded() }));
        };
        const observer = new MutationObserver(look);
        observer.observe(document, { childList: true, subtree: true, attributes: true });
      });
    },
    timeKeys() {
      addEventListener(
        'keydown',
        ({ timeStamp }) => afterPaint(() => this.keys.push(performance.now() - timeStamp)),
        true,
      );
    },
  };
}
