import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/** Addresses of pages and the chunks they are in (web/routes.tsx); the first that fits. */
const PAGES = [
  ['^/$', 'OverviewPage'],
  ['^/club$', 'ClubPage'],
  ['^/series$', 'SeriesListPage'],
  ['^/series/', 'SeriesPage'],
  ['^/genres$', 'GenresPage'],
  ['^/genres/', 'GenrePage'],
  ['^/producers$', 'ProducersPage'],
  ['^/producers/', 'ProducerPage'],
  ['^/compare$', 'ComparePage'],
  ['^/growth$', 'GrowthPage'],
  ['^/formats$', 'FormatsPage'],
  ['^/overseas$', 'OverseasPage'],
  ['^/data/names$', 'NamesPage'],
  ['^/data/coverage$', 'CoveragePage'],
  ['^/data/?$', 'DataPage'],
] as const;
/** What web/main.tsx begins with, in turns. */
const SHELL = ['common', 'app'] as const;
/** What a page with charts asks for as soon as its own code runs, by the name of its chunk. */
const CHARTS = { asks: 'Chart', asked: ['base', 'charts'] } as const;
/** Of figures and Latin letters: charts wait for it. */
const FONT = /inter-latin-wght-normal.*\.woff2$/u;
const SCRIPT = 'before-paint.js';

/**
 * The page's own code and the first answer are fetched beside the shell, not after it has run: adds to the script that runs
 * first what to fetch ahead for each address.
 */
export const fetchAhead = (): Plugin => ({
  name: 'fetch-ahead',
  apply: 'build',
  writeBundle: {
    sequential: true,
    async handler({ dir }, bundle) {
      if (dir === undefined) return;
      const chunks = new Map(
        Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one]] : [])),
      );
      const named = (name: string) => {
        const found = [...chunks.values()].find((one) => one.name === name);
        if (found === undefined) throw new Error(`The build has no chunk ${name}: mend scripts/setup/ahead.ts.`);
        return found;
      };
      const entry = [...chunks.values()].find(({ isEntry }) => isEntry);
      const html = reach(entry === undefined ? [] : [entry.fileName], chunks);
      const shell = reach(
        SHELL.map((name) => named(name).fileName),
        chunks,
        new Set(html),
      );
      const chart = named(CHARTS.asks).fileName;
      const pages = PAGES.map(([path, name]) => {
        const own = reach([named(name).fileName], chunks);
        if (own.has(chart)) for (const name of CHARTS.asked) own.add(named(name).fileName);
        const files = [...own].filter((file) => !shell.has(file));
        return [path, withStyles(files, chunks)] as const;
      });
      const first = withStyles(
        [...shell].filter((file) => !html.has(file)),
        chunks,
      );
      // Many files are of many pages: pages name them by their place in one list.
      const all = [...new Set(pages.flatMap(([, files]) => files))];
      const font = Object.keys(bundle).find((file) => FONT.test(file));
      const table = pages.map(([path, files]) => [path, files.map((file) => all.indexOf(file))]);
      const path = join(dir, SCRIPT);
      await writeFile(
        path,
        `${await readFile(path, 'utf8')}(${ahead})(${JSON.stringify([first, all, table, font])});\n`,
      );
    },
  },
});

const withStyles = (files: readonly string[], chunks: ReadonlyMap<string, Rolldown.OutputChunk>): readonly string[] => [
  ...files,
  ...files.flatMap((file) => [...(chunks.get(file)?.viteMetadata?.importedCss ?? [])]),
];

function reach(
  names: readonly string[],
  chunks: ReadonlyMap<string, Rolldown.OutputChunk>,
  seen = new Set<string>(),
): Set<string> {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    reach(chunks.get(name)?.imports ?? [], chunks, seen);
  }
  return seen;
}

/** In the page. */
const ahead = `([first, all, pages, font]) => {
  const add = (rel, href, more) => document.head.append(Object.assign(document.createElement('link'), { rel, href }, more));
  const [, files = []] = pages.find(([path]) => new RegExp(path).test(location.pathname)) ?? [];
  for (const name of [...first, ...files.map((at) => all[at])]) {
    const file = '/' + name;
    if (file.endsWith('.css')) add('preload', file, { as: 'style', crossOrigin: 'anonymous' });
    else add('modulepreload', file);
  }
  if (font) add('preload', '/' + font, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' });
  const lang = document.documentElement.lang === 'en' ? 'en' : 'zh';
  add('preload', '/api/v1/catalog?lang=' + lang, { as: 'fetch', crossOrigin: 'anonymous' });
}`;
