/** From what was typed to the files that are meant. */
import fs from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { isUnfinishedName } from '../../server/ingest/inbox/arrivals.ts';
import { glanceAtKind, inImportOrder } from '../../server/ingest/queue/order.ts';
import { loadVocabulary } from '../../server/vocabulary/vocabulary.ts';
import { openDuckDB } from '../../server/warehouse/duckdb/warehouse.ts';
import { UsageError } from './flags.ts';

export interface GivenFile {
  readonly path: string;
  /** As it is shown: the name, or where several were given the way to it. */
  readonly name: string;
  /** As it was typed, or found under what was typed: only these of its folders say something of it. */
  readonly given: string;
}

/** A folder that could not be looked into, or a link that leads nowhere. */
export interface Skipped {
  readonly path: string;
  readonly why: 'unreadable' | 'broken_link';
}

/** Endings that a folder's files are taken by; a file that is named itself may have any. */
const IMPORTABLE = ['csv', 'tsv', 'txt', 'parquet', 'pq', 'xlsx', 'ndjson', 'jsonl', 'json'];
const ENDING = new RegExp(`\\.(${IMPORTABLE.join('|')})(\\.(gz|gzip|zst))?$`, 'iu');

/**
 * Files, folders with all in them, and patterns; each file once, also if links lead to it by several ways.
 * @param onSkipped told of each thing on the way that could not be looked at
 * @throws UsageError for a folder or pattern without any file that can be imported
 */
export async function expandFiles(
  given: readonly string[],
  calledFrom: string,
  onSkipped: (skipped: Skipped) => void = () => undefined,
): Promise<GivenFile[]> {
  const met = new Set<string>();
  const typed = new Map<string, string>();
  for (const one of given)
    for (const path of await expandOne(one, calledFrom, onSkipped)) {
      const real = await realpath(path).catch(() => path);
      if (met.has(real)) continue;
      met.add(real);
      typed.set(path, isAbsolute(one) ? path : relative(calledFrom, path));
    }
  const unique = [...typed.keys()];
  const shown = (path: string) => {
    const way = relative(calledFrom, path);
    return way.startsWith('..') ? path : way;
  };
  return unique.map((path) => ({
    path,
    name: unique.length > 1 ? shown(path) : basename(path),
    given: typed.get(path) ?? path,
  }));
}

async function expandOne(given: string, calledFrom: string, onSkipped: (skipped: Skipped) => void): Promise<string[]> {
  const path = resolve(calledFrom, given);
  const facts = await stat(path).catch(() => null);
  // A file whose name looks like a pattern is that file.
  if (facts?.isDirectory()) return importable(await all('**/*', path, onSkipped), given);
  if (facts || !isDynamicPattern(given)) return [path];
  return importable(await all(given, calledFrom, onSkipped), given);
}

async function all(pattern: string, cwd: string, onSkipped: (skipped: Skipped) => void): Promise<string[]> {
  const skipped = new Map<string, Skipped>();
  const note = (path: string, why: Skipped['why']) => skipped.set(path, { path, why });
  const found = await glob(pattern, { cwd, absolute: false, onlyFiles: true, dot: false, fs: watched(note) });
  for (const one of skipped.values()) onSkipped(one);
  return found.map((file) => join(cwd, file));
}

/** The file system as the walk sees it, which passes over what it cannot read in silence. */
function watched(note: (path: string, why: Skipped['why']) => void): {
  readdir: typeof fs.readdir;
  realpath: typeof fs.realpath;
} {
  const told =
    (why: Skipped['why'], call: (...args: never[]) => void) =>
    (...args: unknown[]) => {
      const done = args.at(-1);
      const path = String(args[0]);
      if (typeof done !== 'function') return;
      Reflect.apply(call, fs, [
        ...args.slice(0, -1),
        (error: unknown, result: unknown) => {
          if (error !== null && !isLitter(path)) note(path, why);
          done(error, result);
        },
      ]);
    };
  return {
    readdir: Object.assign(told('unreadable', fs.readdir), fs.readdir),
    realpath: Object.assign(told('broken_link', fs.realpath), fs.realpath),
  };
}

/** What is never taken needs no word if it cannot be read. */
const isLitter = (path: string) => basename(path).startsWith('.');

function importable(found: readonly string[], given: string): string[] {
  const files = found.filter((path) => ENDING.test(path) && !isUnfinishedName(basename(path)));
  if (files.length > 0) return files;
  throw new UsageError(`${given}: no file there that can be imported (${IMPORTABLE.join(', ')}, also .gz and .zst)`);
}

/** Catalogues first, then by name: the order in which they are imported, wherever they were typed. */
export async function ordered(files: readonly GivenFile[]): Promise<GivenFile[]> {
  if (files.length < 2) return [...files];
  const vocabulary = loadVocabulary();
  // An empty engine of our own: the data folder's may be in the hands of a server.
  const engine = await openDuckDB({ path: ':memory:', threads: 1 });
  try {
    const judged = [];
    for (const file of files) judged.push({ ...file, kind: await glanceAtKind(file.path, vocabulary, engine) });
    return inImportOrder(judged);
  } finally {
    await engine.close();
  }
}
