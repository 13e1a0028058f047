/** The tables of `data/vocabulary`: names of columns, genres and platforms in real files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { z } from 'zod';
import { fieldSchema, viewsAreSchema } from '../contract/imports.ts';
import { fold } from './text.ts';

const headerRow = z.object({
  field: fieldSchema,
  header: z.string().min(1),
  /** What the spelling says about views: a reason or a warning, never the verdict. */
  views_are: z.union([viewsAreSchema, z.literal('')]),
});
const genreRow = z.object({ id: z.string().min(1), zh: z.string(), en: z.string(), spellings: z.string() });
const totalRow = z.object({ field: z.enum(['platform', 'region', 'genres']), spelling: z.string().min(1) });
const platformRow = genreRow.extend({ home_region: z.string() });

export type HeaderSpelling = z.infer<typeof headerRow>;

export interface Genre {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
}

export interface Platform extends Genre {
  /** ISO 3166-1 alpha-2, or null. */
  readonly homeRegion: string | null;
}

/** Folded cells for all platforms, regions or genres together (`全网`, `全球`, `全部`). */
export type TotalSpellings = Readonly<Record<z.infer<typeof totalRow>['field'], ReadonlySet<string>>>;

export interface Vocabulary {
  readonly headers: readonly HeaderSpelling[];
  readonly genres: ReadonlyMap<string, Genre>;
  /** `all_platforms` by all its spellings. */
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly totals: TotalSpellings;
}

/** @param folder has the four tables @throws Error naming the file and row that cannot be used */
export function loadVocabulary(folder = join(process.cwd(), 'data', 'vocabulary')): Vocabulary {
  const headers = readRows(folder, 'headers.csv', headerRow);
  const genres = readRows(folder, 'genres.csv', genreRow);
  const sums = readRows(folder, 'totals.csv', totalRow);
  const totals = (field: string) => sums.filter((row) => row.field === field).map(({ spelling }) => spelling);
  const platforms = readRows(folder, 'platforms.csv', platformRow).map((platform) =>
    platform.id === ALL_PLATFORMS ? { ...platform, spellings: totals('platform').join('|') } : platform,
  );
  return {
    headers,
    genres: bySpelling(genres.map((g) => ({ ...g, value: { id: g.id, zh: g.zh, en: g.en } }))),
    platforms: bySpelling(
      platforms.map((p) => ({ ...p, value: { id: p.id, zh: p.zh, en: p.en, homeRegion: p.home_region || null } })),
    ),
    totals: {
      platform: new Set(totals('platform').map(fold)),
      region: new Set(totals('region').map(fold)),
      genres: new Set(totals('genres').map(fold)),
    },
  };
}

export const ALL_PLATFORMS = 'all_platforms';

function readRows<T>(folder: string, file: string, schema: z.ZodType<T>): T[] {
  const text = readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/, '');
  const { data } = Papa.parse<unknown>(text, { header: true, skipEmptyLines: true });
  return data.map((row, index) => {
    const parsed = schema.safeParse(row);
    if (!parsed.success) throw new Error(`${file}, row ${index + 2}: ${z.prettifyError(parsed.error)}`);
    return parsed.data;
  });
}

/** Ids and labels first, so that a further spelling never takes another row's name. */
function bySpelling<T>(
  rows: readonly { id: string; zh: string; en: string; spellings: string; value: T }[],
): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  const add = (spelling: string, value: T) => {
    const key = fold(spelling);
    if (key && !map.has(key)) map.set(key, value);
  };
  for (const row of rows) for (const name of [row.id, row.zh, row.en]) add(name, row.value);
  for (const row of rows) for (const name of row.spellings.split('|')) add(name, row.value);
  return map;
}
