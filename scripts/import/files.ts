/** From what was typed to the files that are meant. */
import { stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { isUnfinishedName } from '../../server/ingest/arrivals.ts';
import { glanceAtKind, inImportOrder } from '../../server/ingest/order.ts';
import { loadVocabulary } from '../../server/ingest/vocabulary.ts';
import { openDuckDB } from '../../server/warehouse/duckdb/warehouse.ts';
import { UsageError } from './flags.ts';

export interface GivenFile {
  readonly path: string;
  /** As it is shown: the name, or where several were given the way to it. */
  readonly name: string;
  /** As it was typed, or found under what was typed: only these of its folders say something of it. */
  readonly given: string;
}

/** Endings that a folder's files are taken by; a file that is named itself may have any. */
const IMPORTABLE = ['csv', 'tsv', 'txt', 'parquet', 'pq', 'xlsx', 'ndjson', 'jsonl', 'json'];
const ENDING = new RegExp(`\\.(${IMPORTABLE.join('|')})(\\.(gz|gzip|zst))?$`, 'iu');

/**
 * Files, folders with all in them, and patterns; each file once.
 * @throws UsageError for a folder or pattern without any file that can be imported
 */
export async function expandFiles(given: readonly string[], calledFrom: string): Promise<GivenFile[]> {
  const typed = new Map<string, string>();
  for (const one of given)
    for (const path of await expandOne(one, calledFrom))
      if (!typed.has(path)) typed.set(path, isAbsolute(one) ? path : relative(calledFrom, path));
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

async function expandOne(given: string, calledFrom: string): Promise<string[]> {
  const path = resolve(calledFrom, given);
  const facts = await stat(path).catch(() => null);
  // A file whose name looks like a pattern is that file.
  if (facts?.isDirectory()) return importable(await all('**/*', path), given);
  if (facts || !isDynamicPattern(given)) return [path];
  return importable(await all(given, calledFrom), given);
}

const all = (pattern: string, cwd: string) =>
  glob(pattern, { cwd, absolute: false, onlyFiles: true, dot: false }).then((found) => found.map((f) => join(cwd, f)));

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
