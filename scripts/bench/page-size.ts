/**
 * Builds the page and prints how much JavaScript each of its pages loads by itself, compressed by brotli, as the server
 * sends it to all that take it, and by gzip: `node --import tsx scripts/bench/page-size.ts`. Nothing is written.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

/** What draws charts, loaded when a page has one; `load.ts` beside it brings the kinds that only some charts need. */
const ENGINE = 'web/charts/engine/';
/** The budget, in bytes of brotli. */
const MOST = { shell: 180_000, page: 400_000 };

interface Weight {
  readonly br: number;
  readonly gzip: number;
}

const chunks = await builtChunks();
const weights = new Map<string, Weight>(
  [...chunks].map(([name, { code }]) => [
    name,
    { br: brotliCompressSync(code).length, gzip: gzipSync(code, { level: 9 }).length },
  ]),
);
const entry = [...chunks.values()].find(({ isEntry }) => isEntry);
if (entry === undefined) throw new Error('The build has no entry.');

// What the entry brings in turns belongs to every page.
const shell = reach([entry.fileName, ...entry.dynamicImports]);
const source = ({ facadeModuleId }: Rolldown.OutputChunk) => relative(process.cwd(), facadeModuleId ?? '');
const pages = [...shell]
  .flatMap((name) => chunks.get(name)?.dynamicImports ?? [])
  .flatMap((name) => chunks.get(name) ?? [])
  .filter((one) => /Page\.tsx$/u.test(source(one)));

console.log(`JavaScript in kB of brotli (gzip); budget: shell ${kB(MOST.shell)}, page ${kB(MOST.page)}.\n`);
console.log(`${'page'.padEnd(16)}${['shell', 'own', 'charts', 'total'].map((title) => title.padStart(17)).join('')}`);
for (const page of pages) {
  const own = reach([page.fileName]);
  const all = reach([page.fileName, ...engineOf(own)]);
  const total = weight(new Set([...shell, ...all]));
  const parts = [weight(shell), weight(without(own, shell)), weight(without(without(all, own), shell)), total];
  const name = source(page).replace(/^.*\/(\w+)\.tsx$/u, '$1');
  console.log(`${name.padEnd(16)}${parts.map(text).join('')}${total.br > MOST.page ? '  over' : ''}`);
}
if (weight(shell).br > MOST.shell) console.log(`\nThe shell is over its budget.`);

console.log('\nThe shell, by library or folder, before compression:');
for (const [part, size] of [...shellParts()].sort(([, a], [, b]) => b - a).slice(0, 20))
  console.log(`${kB(size).padStart(9)}  ${part}`);

async function builtChunks(): Promise<Map<string, Rolldown.OutputChunk>> {
  const built = await build({ root: 'web', configFile: 'vite.config.ts', logLevel: 'warn', build: { write: false } });
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  return new Map(outputs.flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one] as const] : [])));
}

/** These chunks and all that they import at once. */
function reach(names: readonly string[], seen = new Set<string>()): Set<string> {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    reach(chunks.get(name)?.imports ?? [], seen);
  }
  return seen;
}

/** The chunks that draw what a page's chart kinds build. */
function engineOf(names: ReadonlySet<string>): string[] {
  const files = [...names]
    .flatMap((name) => chunks.get(name)?.moduleIds ?? [])
    .map((id) => relative(process.cwd(), id));
  if (!files.includes(`${ENGINE}load.ts`)) return [];
  const kinds = files
    .filter((file) => /^web\/charts\/\w+\.ts$/u.test(file))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\btype: '(boxplot|custom|heatmap|scatter)'/gu)])
    .map(([, kind]) => kind);
  return ['base', ...kinds].flatMap((name) => {
    const whole = [...chunks.values()].find(({ moduleIds }) =>
      moduleIds.some((id) => relative(process.cwd(), id) === `${ENGINE}${name}.ts`),
    );
    return whole?.fileName ?? [];
  });
}

function without(names: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...names].filter((name) => !others.has(name)));
}

function weight(names: ReadonlySet<string>): Weight {
  const own = [...names].flatMap((name) => weights.get(name) ?? []);
  return { br: own.reduce((sum, { br }) => sum + br, 0), gzip: own.reduce((sum, { gzip }) => sum + gzip, 0) };
}

function kB(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

function text({ br, gzip }: Weight): string {
  return `${kB(br)} (${kB(gzip)})`.padStart(17);
}

function shellParts(): Map<string, number> {
  const parts = new Map<string, number>();
  for (const name of shell)
    for (const [id, { renderedLength }] of Object.entries(chunks.get(name)?.modules ?? {})) {
      const [, library] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(id) ?? [];
      const part = library ?? relative(process.cwd(), id).split('/').slice(0, 2).join('/');
      parts.set(part, (parts.get(part) ?? 0) + renderedLength);
    }
  return parts;
}
