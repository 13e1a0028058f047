/** Which file of ours imports which: read from the source, so that imports of types alone count, too. */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { globSync } from 'tinyglobby';
import { parseSync } from 'vite';

export type Imports = ReadonlyMap<string, readonly string[]>;

const SOURCES = ['server/**/*.ts', 'web/**/*.{ts,tsx}', 'scripts/**/*.{ts,mjs}'];

/**
 * Imports between files of ours, as paths from the root of the repository, with slashes; and libraries by the name of
 * their package.
 * @param patterns which files are read
 * @throws Error for a file that cannot be parsed
 */
export function readImports(
  root: string,
  patterns: readonly string[] = SOURCES,
): { files: Imports; libraries: Imports } {
  const files = globSync([...patterns], { cwd: root, ignore: ['**/node_modules/**'] });
  const known = new Set(files);
  const imported = files.map((file) => ({
    file,
    paths: importedBy(file, readFileSync(posix.join(root, file), 'utf8')),
  }));
  const of = (file: string, paths: readonly string[]) =>
    paths.filter(isRelative).map((path) => posix.join(posix.dirname(file), path));
  return {
    files: new Map(imported.map(({ file, paths }) => [file, of(file, paths).filter((path) => known.has(path))])),
    libraries: new Map(
      imported.map(({ file, paths }) => [file, paths.filter((path) => !isRelative(path)).map(packageOf)]),
    ),
  };
}

const isRelative = (path: string): boolean => path.startsWith('.');

/** `echarts` of `echarts/core`, `@mantine/core` of `@mantine/core/styles.css`. */
const packageOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');

/** What a file imports or passes on, as it is written: relative paths and libraries. */
export function importedBy(file: string, text: string): string[] {
  const { errors, module } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const passedOn = module.staticExports.flatMap(({ entries }) => entries.flatMap((entry) => entry.moduleRequest ?? []));
  const told = [...module.staticImports.map((one) => one.moduleRequest), ...passedOn].map(({ value }) => value);
  // `import('./x.ts')`, as a call and as a type.
  const called = [...text.matchAll(/\bimport\(\s*'([^']+)'/gu)].map(([, path = '']) => path);
  return [...new Set([...told, ...called])];
}

/** Groups of files that import one another in a circle, each in the order of their names (Tarjan). */
export function circlesOf(imports: Imports): string[][] {
  const place = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const at = place.size;
    place.set(file, at);
    open.push(file);
    const reached = (imports.get(file) ?? []).map((path) => {
      const seen = place.get(path);
      if (seen === undefined) return visit(path);
      return open.includes(path) ? seen : at;
    });
    const lowest = Math.min(at, ...reached);
    low.set(file, lowest);
    if (lowest < at) return lowest;
    const group = open.splice(open.indexOf(file));
    if (group.length > 1 || imports.get(file)?.includes(file)) circles.push(group.sort());
    return at;
  };
  for (const file of imports.keys()) if (!place.has(file)) visit(file);
  return circles;
}
