import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBListValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  DuckDBListValue as ListValue,
  listValue,
  VARCHAR,
} from '@duckdb/node-api';
import type { Bound, Value } from '../warehouse.ts';

/** With its type stated, so that the engine never guesses. */
export function toEngine(value: Bound): { value: DuckDBValue; type: DuckDBType } {
  if (typeof value === 'string') return { value, type: VARCHAR };
  if (typeof value === 'boolean') return { value, type: BOOLEAN };
  if (typeof value === 'bigint') return { value, type: BIGINT };
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) return { value, type: DOUBLE };
    const small = Math.abs(value) < 2 ** 31;
    return small ? { value, type: INTEGER } : { value: BigInt(value), type: BIGINT };
  }
  if (value === null) return { value, type: VARCHAR };
  return toEngineList(value);
}

function toEngineList(values: readonly string[] | readonly number[]): { value: DuckDBListValue; type: DuckDBType } {
  const numeric = values.length > 0 && values.every((v) => typeof v === 'number');
  return { value: listValue([...values]), type: LIST(numeric ? DOUBLE : VARCHAR) };
}

/** See `Value`. */
export function fromEngine(value: DuckDBValue): Value {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return value;
  if (typeof value === 'bigint') return shrink(value);
  if (value instanceof DuckDBDateValue) return isoDay(value.days);
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return isoInstant(value.micros);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof ListValue) return value.items.map(fromEngine);
  return value.toString();
}

/** A number if that loses nothing. */
function shrink(value: bigint): number | bigint {
  return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : value;
}

function isoDay(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

function isoInstant(micros: bigint): string {
  return new Date(Number(micros / 1000n)).toISOString().replace('.000Z', 'Z');
}
