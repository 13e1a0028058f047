/**
 * What a reader waits for in the browser, on a machine four times slower: `node --import tsx scripts/bench/paint.ts
 * --url http://127.0.0.1:8080`, against a running server with the demo. Nothing is written.
 *
 * Other work on the machine makes every figure worse: a fixed loop is timed beside each visit, and `slower` says how many
 * times it took what the fastest one took.
 */
import { loadavg } from 'node:os';
import { Command } from 'commander';
import { type Browser, chromium, type Page } from 'playwright-core';
import { z } from 'zod';
import { readUsage, wholeNumber } from '../setup/usage.ts';
import { PAGE_PATHS } from './page-paths.ts';
import { percentile, table } from './report.ts';

const SLOWER = 4;
/** Runs in the page before its own code. */
const OBSERVE = `(() => {
  const tasks = [];
  const durations = new Map();
  let largest = 0;
  let element = '';
  let shift = 0;
  const on = (type, take, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
  on('largest-contentful-paint', (entry) => {
    largest = entry.startTime;
    element = (entry.element?.tagName ?? '') + ' ' + (entry.element?.textContent?.slice(0, 40) ?? '');
  });
  on('longtask', ({ duration }) => tasks.push(duration));
  on('layout-shift', ({ value, hadRecentInput }) => {
    if (!hadRecentInput) shift += value;
  });
  on('event', ({ interactionId, duration }) => {
    if (interactionId > 0) durations.set(interactionId, Math.max(duration, durations.get(interactionId) ?? 0));
  }, { durationThreshold: 16 });
  window.observed = () => {
    const from = performance.now();
    let sum = 0;
    for (let i = 0; i < 3e6; i++) sum += Math.sqrt(i);
    const loop = performance.now() - from + sum * 0;
    const scripts = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
    const script = scripts.reduce((all, { encodedBodySize }) => all + encodedBodySize, 0);
    return { largest, element, shift, tasks: [...tasks], interactions: [...durations.values()], loop, script };
  };
})()`;
/** Runs in the page: presses a link and waits until nothing in sight waits for its answer. */
const TURNED = `(path) => new Promise((resolve) => {
  const from = performance.now();
  document.querySelector('nav a[href^="' + path + '?"], nav a[href="' + path + '"]')?.click();
  const look = () => {
    const waits = [...document.querySelectorAll('main .mantine-Skeleton-root')]
      .some((one) => one.getBoundingClientRect().top < innerHeight);
    const drawn = document.querySelector('main canvas, main table') !== null;
    if ((location.pathname === path && !waits && drawn) || performance.now() - from > 30000)
      resolve(performance.now() - from);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})`;
/** The next page, by its link in the navigation. */
const LINKS = ['/club', '/genres', '/producers', '/growth', '/formats', '/overseas', '/'];

const { url, runs, only } = readUsage(
  new Command('paint')
    .description('Measure paints, tasks and interactions of each page in Chromium.')
    .requiredOption('--url <address>', 'of a running server with the demo')
    .option('--runs <count>', 'visits of each page; medians are printed', wholeNumber(1), 3)
    .option('--only <path>', 'one page'),
).opts<{ url: string; runs: number; only?: string }>();

const seen = z.object({
  largest: z.number(),
  element: z.string(),
  shift: z.number(),
  tasks: z.array(z.number()),
  interactions: z.array(z.number()),
  loop: z.number(),
  script: z.number(),
});
type Seen = z.output<typeof seen>;

const ms = (value: number) => value.toFixed(0);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
const visits: { path: string; seen: Seen }[] = [];
const turns: { path: string; milliseconds: number; loop: number }[] = [];
const paths = only === undefined ? PAGE_PATHS : [only];
// The first answer to each question is the server's, of a page that nobody has visited.
for (const path of paths) await visit(browser, path);
visits.length = 0;
for (let run = 0; run < runs; run++) {
  for (const path of paths) await visit(browser, path);
  if (only === undefined) await walk(browser);
}
await browser.close();

const fastest = Math.min(...visits.map((one) => one.seen.loop), ...turns.map(({ loop }) => loop));
const of = (path: string, figure: (one: Seen) => number) =>
  percentile(
    visits.filter((one) => one.path === path).map((one) => figure(one.seen)),
    0.5,
  );
console.log(
  `\nProcessor ${SLOWER} times slower, load ${loadavg()[0]?.toFixed(1)}; medians of ${runs}, milliseconds.\n`,
);
console.log(
  table(
    ['page', 'largest paint', 'longest task', 'blocked', 'interaction', 'shift', 'JavaScript kB', 'slower'],
    paths.map((path) => [
      path,
      ms(of(path, ({ largest }) => largest)),
      ms(of(path, ({ tasks }) => Math.max(0, ...tasks))),
      ms(of(path, ({ tasks }) => tasks.reduce((sum, one) => sum + one - 50, 0))),
      ms(of(path, ({ interactions }) => Math.max(0, ...interactions))),
      of(path, ({ shift }) => shift).toFixed(3),
      (of(path, ({ script }) => script) / 1000).toFixed(0),
      (of(path, ({ loop }) => loop) / fastest).toFixed(2),
    ]),
  ),
);
for (const path of paths) console.log(`${path}: ${visits.findLast((one) => one.path === path)?.seen.element}`);
const interactions = visits.flatMap((one) => one.seen.interactions);
console.log(
  `\nInteraction to next paint, ${interactions.length} of them: p95 ${ms(percentile(interactions, 0.95))} ms.`,
);
if (turns.length > 0) {
  console.log('From a click in the navigation until no part in sight waits:');
  console.log(
    table(
      ['to', 'median', 'slower'],
      LINKS.map((path) => {
        const own = turns.filter((one) => one.path === path);
        const slower = own.map(({ loop }) => loop / fastest);
        return [
          path,
          ms(
            percentile(
              own.map((one) => one.milliseconds),
              0.5,
            ),
          ),
          percentile(slower, 0.5).toFixed(2),
        ];
      }),
    ),
  );
}

async function opened(from: Browser): Promise<Page> {
  const context = await from.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(OBSERVE);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  return page;
}

async function visit(from: Browser, path: string): Promise<void> {
  const page = await opened(from);
  page.on('pageerror', (error) => console.log(`${path}: ${error.message}`));
  await page.goto(`${url}${path}`);
  await settled(page);
  // Before anything is pressed: from then on no paint counts.
  const painted = await read(page);
  const menus = page.locator('main button:not([disabled]):visible');
  for (const at of [0, 1]) {
    if ((await menus.count()) <= at) break;
    await menus
      .nth(at)
      .click({ timeout: 5000 })
      .catch(() => undefined);
    await page.waitForTimeout(150);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(150);
  }
  for (let press = 0; press < 3; press++) await page.keyboard.press('Tab');
  await settled(page);
  const { interactions } = await read(page);
  visits.push({ path, seen: { ...painted, interactions } });
  console.log(`${path}: ${ms(painted.largest)} ms, ${painted.element}, loop ${ms(painted.loop)} ms`);
  await page.context().close();
}

/** From page to page by the navigation, each for the first time. */
async function walk(from: Browser): Promise<void> {
  const page = await opened(from);
  await page.goto(`${url}/series`);
  await settled(page);
  for (const path of LINKS) {
    const link = page.locator(`nav a[href^="${path}?"], nav a[href="${path}"]`).first();
    await link.hover();
    // As long as a hand rests before it presses.
    await page.waitForTimeout(100);
    const milliseconds = z.number().parse(await page.evaluate(`(${TURNED})(${JSON.stringify(path)})`));
    await settled(page);
    turns.push({ path, milliseconds, loop: (await read(page)).loop });
  }
  await page.context().close();
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 60_000 }).catch(() => undefined);
  await page.waitForTimeout(600);
}

async function read(page: Page): Promise<Seen> {
  return seen.parse(await page.evaluate('window.observed()'));
}
