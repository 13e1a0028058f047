/**
 * Builds the page and prints how much JavaScript each of its pages loads, compressed as the server sends it:
 * `node --import tsx scripts/bench/page-size.ts`. Nothing is written.
 */
import { relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

/** What a page loads by itself beside its own chunk; all other parts are loaded when a reader asks for them. */
const CHARTS = 'web/charts/parts/register.ts';
/** The budget, in bytes. */
const MOST = { shell: 180_000, page: 400_000 };

const chunks = await builtChunks();
const sizes = new Map([...chunks].map(([name, { code }]) => [name, gzipSync(code, { level: 6 }).length]));
const entry = [...chunks.values()].find(({ isEntry }) => isEntry);
if (entry === undefined) throw new Error('The build has no entry.');

const shell = reach([entry.fileName]);
const source = ({ facadeModuleId }: Rolldown.OutputChunk) => relative(process.cwd(), facadeModuleId ?? '');
const charts = [...chunks.values()].filter((chunk) => source(chunk) === CHARTS).map(({ fileName }) => fileName);
const pages = entry.dynamicImports
  .flatMap((name) => chunks.get(name) ?? [])
  .filter((one) => /Page\.tsx$/u.test(source(one)));

console.log(`Compressed JavaScript in kB; budget: shell ${kB(MOST.shell)}, page ${kB(MOST.page)}.\n`);
console.log(`${'page'.padEnd(18)}    shell      own   charts    total`);
for (const page of pages) {
  const own = reach([page.fileName]);
  const all = reach(drawsCharts(own) ? [page.fileName, ...charts] : [page.fileName]);
  const total = weight(new Set([...shell, ...all]));
  const parts = [weight(shell), weight(without(own, shell)), weight(without(without(all, own), shell)), total];
  const name = source(page).replace(/^.*\/(\w+)\.tsx$/u, '$1');
  console.log(
    `${name.padEnd(18)}${parts.map((part) => kB(part).padStart(9)).join('')}${total > MOST.page ? '  over' : ''}`,
  );
}
if (weight(shell) > MOST.shell) console.log(`\nThe shell is over its budget.`);

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

function drawsCharts(names: ReadonlySet<string>): boolean {
  return [...names].some((name) => chunks.get(name)?.dynamicImports.some((one) => charts.includes(one)));
}

function without(names: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...names].filter((name) => !others.has(name)));
}

function weight(names: ReadonlySet<string>): number {
  return [...names].reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
}

function kB(bytes: number): string {
  return (bytes / 1000).toFixed(1);
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
