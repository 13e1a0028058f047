/** File K of a seed: its bytes, and what is asked of the server with it. Nothing but seed and number decides it. */
import type { ImportRequest } from '../../../server/contract/imports.ts';
import { FIELDS, RATES_FIELDS } from '../../../server/contract/imports.ts';
import { type Dice, diceOf } from '../dice.ts';
import {
  csvText,
  DELIMITERS,
  ENCODINGS,
  encoded,
  FORMATS,
  jsonText,
  PACKINGS,
  packed,
  parquetBytes,
  xlsxBytes,
} from './formats.ts';
import { BYTE_MUTATIONS, STRANGE_FILES, TABLE_MUTATIONS, TEXT_MUTATIONS } from './mutations.ts';
import { TABLES } from './tables.ts';

export interface FuzzCase {
  readonly filename: string;
  readonly bytes: Buffer;
  /** What it is and what was done to it, for the summary. */
  readonly made: readonly string[];
  /** Of `POST /uploads`, beside the name. */
  readonly reading: Readonly<Record<string, string>>;
  readonly request: Omit<ImportRequest, 'upload_id'>;
  readonly force: boolean;
  /** Undo it, if it is committed. */
  readonly undo: boolean;
}

export function fuzzCase(seed: number, number: number): FuzzCase {
  const dice = diceOf('fuzz', seed, number);
  const file = dice.chance(0.03) ? strangeFile(dice) : mutatedFile(dice);
  const said = dice.chance(0.35);
  return {
    ...file,
    filename: dice.chance(0.03)
      ? dice.pick(['..', '../../x.csv', 'a\u0000b.csv', '日本.csv', 'x'.repeat(900), '.', 'con', 'x.parquet', 'x.xlsx'])
      : file.filename,
    reading: dice.chance(0.1) ? readingOf(dice) : {},
    request: {
      dry_run: dice.chance(0.4),
      ...(said && dice.chance(0.3) ? { kind: dice.pick(['log', 'catalog', 'rates'] as const) } : {}),
      ...(said && dice.chance(0.3) ? { mapping: mappingOf(dice, file.header) } : {}),
      ...(said ? { options: optionsOf(dice) } : {}),
    },
    force: dice.chance(0.95),
    undo: dice.chance(0.2),
  };
}

type MadeFile = Pick<FuzzCase, 'filename' | 'bytes' | 'made'> & { readonly header: readonly string[] };

function strangeFile(dice: Dice): MadeFile {
  const [what, make] = dice.pick(Object.entries(STRANGE_FILES));
  const { name, bytes } = make(dice);
  return { filename: name, bytes, made: ['strange', what], header: ['date'] };
}

function mutatedFile(dice: Dice): MadeFile {
  const table = dice.pick(TABLES)();
  const format = dice.pick(FORMATS);
  const made: string[] = [table.name, format];
  const some = <T>(share: number, from: Readonly<Record<string, T>>, apply: (mutation: T) => void) => {
    while (dice.chance(share)) {
      const [name, mutation] = dice.pick(Object.entries(from));
      apply(mutation);
      made.push(name);
    }
  };
  some(0.5, TABLE_MUTATIONS, (mutate) => mutate(table, dice));
  const mutateBytes = (whole: Buffer) => {
    let bytes = whole;
    some(0.35, BYTE_MUTATIONS, (mutate) => {
      bytes = mutate(bytes, dice);
    });
    return bytes;
  };
  const { header } = table;
  if (format === 'xlsx') return { filename: 'views.xlsx', bytes: mutateBytes(xlsxBytes(table)), made, header };
  if (format === 'parquet')
    return { filename: 'views.parquet', bytes: mutateBytes(parquetBytes(table, dice.chance(0.5))), made, header };
  const delimiter = dice.pick(DELIMITERS);
  let text = format === 'csv' ? csvText(table, delimiter) : jsonText(table, format);
  some(0.35, TEXT_MUTATIONS, (mutate) => {
    text = mutate(text, dice);
  });
  const encoding = dice.chance(0.5) ? 'utf-8' : dice.pick(ENCODINGS);
  const packing = dice.pick(PACKINGS);
  made.push(encoding, packing);
  const inside = dice.chance(0.4) ? mutateBytes(encoded(text, encoding)) : encoded(text, encoding);
  const bytes = packing === 'none' ? inside : mutateBytes(packed(inside, packing));
  const ending = format === 'csv' && delimiter === '\t' ? 'tsv' : format;
  return { filename: `views.${ending}${packing === 'none' ? '' : `.${packing}`}`, bytes, made, header };
}

const ENCODING_NAMES = [
  'utf-8',
  'gb18030',
  'big5',
  'shift_jis',
  'windows-1252',
  'utf-16le',
  'euc-kr',
  'latin-9',
  'nonsense',
] as const;
const readingOf = (dice: Dice): Record<string, string> =>
  dice.pick<Record<string, string>>([
    { encoding: dice.pick(ENCODING_NAMES) },
    { delimiter: dice.pick([...DELIMITERS, 'x', '"', '\n', ' ', '\\', '\0', '，']) },
    { sheet: dice.pick(['empty', 'increments', 'none']) },
    { profile: dice.pick(['', 'none']) },
  ]);

function mappingOf(dice: Dice, header: readonly string[]): ImportRequest['mapping'] {
  const fields = [...FIELDS, ...RATES_FIELDS];
  const columns = [...header, 'no such column', ''];
  return Object.fromEntries(Array.from({ length: 1 + dice.int(6) }, () => [dice.pick(fields), dice.pick(columns)]));
}

/** A few of the options, most of them sound. */
function optionsOf(dice: Dice): NonNullable<ImportRequest['options']> {
  const all = {
    encoding: dice.pick(ENCODING_NAMES),
    delimiter: dice.pick(DELIMITERS),
    sheet: dice.pick(['empty', 'counters', 'none']),
    time_zone: dice.pick(['UTC', 'America/New_York', 'Asia/Kathmandu', 'Mars/Olympus', '']),
    date_order: dice.pick(['ymd', 'dmy', 'mdy', 'ydm'] as const),
    dates_up_to: dice.pick(['2025-11-01', '0001-01-01', '9999-12-31']),
    time_numbers: dice.pick(['excel', 'seconds', 'milliseconds'] as const),
    decimal_mark: dice.pick(['point', 'comma'] as const),
    views_are: dice.pick(['increment', 'cumulative', 'event'] as const),
    covers: dice.pick(['instant', 'hour', 'day', 'week_ending', 'week_starting', 'month'] as const),
    mode: dice.pick(['upsert', 'append', 'replace_range'] as const),
    source: dice.pick(['s', 'other', '来源', "a'b", '\u0000']),
    coverage: dice.pick(['census', 'chart'] as const),
    currency: dice.pick(['CNY', 'USD', 'zzz', '   ']),
    platform: dice.pick(['douyin', '红果短剧', '"', '(unknown)']),
  };
  return Object.fromEntries(Object.entries(all).filter(() => dice.chance(0.15)));
}
