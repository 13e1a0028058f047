/** Walks through states of pages in one tab, round after round, and looks whether memory is given back. */
import type { CDPSession, Page } from 'playwright-core';
import { z } from 'zod';
import { PAGE_PATHS } from '../../../scripts/bench/page-paths.ts';
import { type PagesOptions, settled, withBrowser, withDemo } from './browser.ts';

export interface HeapOptions extends PagesOptions {
  readonly states: number;
}

export interface Held {
  readonly state: number;
  /** Bytes after a forced collection. */
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

export interface HeapSummary {
  readonly walked: number;
  readonly held: readonly Held[];
  readonly faults: readonly string[];
}

/** What may be added to an address: ranges, grains, filters, languages. */
const MORE = ['', 'range=3m', 'range=ytd', 'format=live_action', 'genre=revenge', 'range=6m&lang=en', 'grain=week'];
const MOST_GROWTH = 1.1;
/** Rounds until all that is kept of the states' answers is kept. */
const WARM = 2;

export const runHeap = (options: HeapOptions): Promise<HeapSummary> =>
  withDemo(options, (url) =>
    withBrowser(async (browser) => {
      const states = PAGE_PATHS.flatMap((path) =>
        MORE.map((more) => (more === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${more}`)),
      );
      const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      const session = await context.newCDPSession(page);
      await session.send('Performance.enable');
      await page.goto(`${url}/`);
      const held: Held[] = [];
      let walked = 0;
      while (walked < options.states) {
        for (const state of states.slice(0, options.states - walked)) {
          await turnTo(page, state, walked++);
          if (walked % 100 === 0) options.say(`heap: ${walked} states`);
        }
        await turnTo(page, '/', 0);
        // Whole rounds are compared.
        if (walked % states.length === 0) held.push(await heldBy(session, walked));
      }
      const [before, after] = [held[WARM - 1], held.at(-1)];
      if (before === undefined || after === undefined || before === after)
        faults.push(`too few states: ${(WARM + 1) * states.length} are needed`);
      else if (after.heap > before.heap * MOST_GROWTH)
        faults.push(`the heap grew from ${before.heap} to ${after.heap} bytes`);
      return { walked, held, faults };
    }),
  );

/** Within the tab, as a link would; some states are looked at more closely than others. */
async function turnTo(page: Page, state: string, turn: number): Promise<void> {
  await page.evaluate(
    `history.pushState(null, '', ${JSON.stringify(state)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
  await settled(page);
  if (turn % 5 === 0) await page.mouse.wheel(0, 3000);
  if (turn % 7 === 0) await page.mouse.move(700, 450);
  if (turn % 11 === 0) await page.emulateMedia({ colorScheme: turn % 2 === 0 ? 'dark' : 'light' });
}

const metricsSchema = z.object({ metrics: z.array(z.object({ name: z.string(), value: z.number() })) });

async function heldBy(session: CDPSession, state: number): Promise<Held> {
  // What one collection frees may hold more.
  for (let time = 0; time < 3; time++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = metricsSchema.parse(await session.send('Performance.getMetrics'));
  const of = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
  return { state, heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}
