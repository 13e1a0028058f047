/** Each page as Lighthouse sees it on a desk. It is a package of its own, installed when it is first asked for. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { PAGE_PATHS } from '../../../scripts/bench/page-paths.ts';
import { CHROMIUM, type PagesOptions, SWITCHES, withDemo } from './browser.ts';

export interface LighthouseSummary {
  /** Scores of 0 to 100 by category, and what keeps them from 100. */
  readonly pages: readonly {
    readonly path: string;
    readonly scores: ReadonlyMap<string, number>;
    readonly lost: readonly string[];
  }[];
  readonly faults: readonly string[];
}

const HOME = 'test/soak/lighthouse';
const PROGRAM = join(HOME, 'node_modules/lighthouse/cli/index.js');
const LEAST = 95;

const report = z.object({
  categories: z.record(
    z.string(),
    z.object({
      score: z.number().nullable(),
      auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
    }),
  ),
  audits: z.record(
    z.string(),
    z.object({ score: z.number().nullable(), title: z.string(), displayValue: z.string().optional() }),
  ),
});

const run = promisify(execFile);

export async function runLighthouse(options: PagesOptions & { readonly keep: string }): Promise<LighthouseSummary> {
  if (!existsSync(PROGRAM)) {
    options.say('installing Lighthouse');
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', HOME], {
      shell: process.platform === 'win32',
    });
  }
  return withDemo(options, async (url) => {
    const pages: LighthouseSummary['pages'][number][] = [];
    for (const path of PAGE_PATHS) {
      const out = join(options.keep, `lighthouse-${pages.length}.json`);
      await run(
        process.execPath,
        [
          PROGRAM,
          encodeURI(`${url}${path}`),
          '--quiet',
          '--preset=desktop',
          '--output=json',
          `--output-path=${out}`,
          `--chrome-flags=${['--headless=new', ...SWITCHES].join(' ')}`,
        ],
        { env: { ...process.env, CHROME_PATH: CHROMIUM }, maxBuffer: 1e8 },
      );
      const { categories, audits } = report.parse(JSON.parse(readFileSync(out, 'utf8')));
      const scores = new Map(Object.entries(categories).map(([id, { score }]) => [id, Math.round((score ?? 0) * 100)]));
      const lost = Object.values(categories)
        .flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0))
        .flatMap(({ id }) => {
          const audit = audits[id];
          return audit === undefined || audit.score === null || audit.score >= 0.9
            ? []
            : [`${id} ${audit.score} ${audit.displayValue ?? ''}`.trim()];
        });
      pages.push({ path, scores, lost });
      options.say(`lighthouse: ${path} ${[...scores.values()].join(' ')} ${lost.join('; ')}`);
    }
    const faults = pages.flatMap(({ path, scores }) =>
      [...scores].filter(([, score]) => score < LEAST).map(([id, score]) => `${path}: ${id} ${score}`),
    );
    return { pages, faults };
  });
}
