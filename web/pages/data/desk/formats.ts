/** Which files may be data at all, told by their names before anything is sent; the server decides by the bytes. */

/** Why a file cannot be imported, as a key of the page's words. */
export type Refusal =
  | 'refused_empty'
  | 'refused_xls'
  | 'refused_archive'
  | 'refused_document'
  | 'refused_picture'
  | 'refused_database';

const REFUSED: readonly [RegExp, Refusal][] = [
  [/\.(xls|xlsb|xlsm|ods|numbers|et)$/iu, 'refused_xls'],
  [/(\.(zip|rar|7z|tar|tgz|tbz2?|txz|bz2|xz|lz4|br)|\.tar\.(gz|zst))$/iu, 'refused_archive'],
  [/\.(pdf|docx?|pptx?|pages|key|html?|md|rtf|wps)$/iu, 'refused_document'],
  [/\.(png|jpe?g|gif|webp|svg|heic|mp4|mov|mp3|avi|mkv)$/iu, 'refused_picture'],
  [/\.(sqlite3?|db|duckdb|mdb|sql|bak)$/iu, 'refused_database'],
];

/** Files that systems and spreadsheets leave in folders: nobody meant them. */
const LITTER = /^(\.|~\$|thumbs\.db$|desktop\.ini$)/iu;

export const isLitter = (name: string): boolean => LITTER.test(name);

/** Why this is surely no data; null for what may be. */
export function refusalOf(name: string, bytes: number): Refusal | null {
  if (bytes === 0) return 'refused_empty';
  return REFUSED.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

export const isPlainTable = (name: string): boolean => /\.(csv|tsv|tab|txt)$/iu.test(name);
