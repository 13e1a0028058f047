/** Names of the parts of a table: they say nothing, so the folder's name counts. */

const ENDINGS =
  /(\.(csv|tsv|txt|json|jsonl|ndjson|xlsx|xlsm|parquet|pq|gz|gzip|zst|zstd|snappy|lz4|lzo|brotli|br|uncompressed))+$/iu;
const UUID = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/giu;
const TASK = /(?<=[-_.])c\d{3,}(?=[-_.]|$)/giu;
/** `part-00000`, `part.0`, `000000_0`, DuckDB's `data_0`. */
const PART = /^((part|data|file|chunk|split)[-_.]?\d+([-_.]\d+)*|part|\d+([-_.]\d+)+|0\d{4,})$/iu;

/** Without endings, UUIDs and numbers of parts: `views-<uuid>.c000.snappy.parquet` → `views`. */
export function plainName(base: string): string {
  const plain = base.replace(ENDINGS, '').replace(UUID, '').replace(TASK, '');
  return plain === base ? base : plain.replace(/([\s_.-])[\s_.-]+/gu, '$1').replace(/^[\s_.-]+|[\s_.-]+$/gu, '');
}

/** Whether a name says nothing: `part-00000-<uuid>-c000.snappy.parquet`, `000000_0`. */
export function isPartName(base: string): boolean {
  const plain = plainName(base);
  return plain === '' || (PART.test(plain) && !isDate(plain));
}

/** `2025-10-01.csv` is a day's file, not a part. */
const isDate = (name: string) => /^(19|20)\d{2}[-_.]?(0?[1-9]|1[0-2])/u.test(name);
