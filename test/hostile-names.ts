/** Names that files may hold and that break what takes names for keys, paths, markup or formulas. */
export const HOSTILE_NAMES: readonly string[] = [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '(unknown)',
  '(others)',
  '(total)',
  '.',
  '..',
  '~..',
  '%2F',
  '%2e%2e',
  'a/b',
  '..\\..',
  '?x',
  '#x',
  'a&b=c',
  '100%',
  '<img src=x onerror="window.scriptRan=1">',
  '{a|b}{b}{{count}}$t(title)',
  '=1+2',
  '-剧',
  "'Tis",
  '"quoted", with commas',
  'مسلسل قصير',
  '👩‍👩‍👧 剧',
  '0',
  '长'.repeat(300),
];

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const csv = (rows: readonly (readonly string[])[]) => `${rows.map((row) => row.map(quoted).join(',')).join('\n')}\n`;

/** Each name as the id of a series, and as its genre, producer, franchise, cast, language and more. */
export const hostileCatalogue = (): string =>
  csv([
    [
      ...[
        'series_id',
        'title',
        'title_en',
        'producers',
        'genres',
        'franchise',
        'cast',
        'language',
        'origin',
        'channel',
      ],
      ...['producer_region', 'presenters', 'format', 'release_at'],
    ],
    ...HOSTILE_NAMES.map((name) => [...Array.from({ length: 12 }, () => name), 'comic', '2025-09-01']),
  ]);

/** Two months of views of each of them, on a platform of its name. */
export const hostileLog = (): string =>
  csv([
    ['date', 'series_id', 'platform', 'views', 'completions'],
    ...HOSTILE_NAMES.flatMap((name, i) =>
      Array.from({ length: 61 }, (_, day) => [
        new Date(Date.UTC(2025, 8, 1 + day)).toISOString().slice(0, 10),
        name,
        name,
        String((i + 1) * 10_000_000 + ((day * 7) % 10) * 1000),
        String(i + day),
      ]),
    ),
  ]);
