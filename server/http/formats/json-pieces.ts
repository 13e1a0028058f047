/** Values, and text length, per write: some hundred microseconds. */
const PIECE = 2_000;

/** The text of `JSON.stringify(value)` in pieces, made when asked for. @throws TypeError as it does */
export function* jsonPieces(value: unknown): Generator<string> {
  const held = hasToJson(value) ? value.toJSON('') : value;
  if (typeof held !== 'object' || held === null || weigh(held, PIECE) >= 0) yield JSON.stringify(held) ?? '';
  else if (Array.isArray(held)) yield* arrayPieces(held);
  else yield* objectPieces(held);
}

function* arrayPieces(items: readonly unknown[]): Generator<string> {
  let first = true;
  const joined = (text: string) => {
    const written = first ? `[${text}` : `,${text}`;
    first = false;
    return written;
  };
  for (let at = 0; at < items.length; ) {
    const end = endOfBatch(items, at);
    if (end > at) yield joined(inner(items.slice(at, end)));
    else {
      // One item alone fills more than a piece.
      yield joined('');
      yield* jsonPieces(items[at]);
    }
    at = Math.max(end, at + 1);
  }
  yield first ? '[]' : ']';
}

/** End of the items from `at` that fill a piece; `at` if the first alone is too much. */
function endOfBatch(items: readonly unknown[], at: number): number {
  let left = PIECE;
  let end = at;
  while (end < items.length) {
    left = weigh(items[end], left);
    if (left < 0) break;
    end++;
  }
  return end;
}

function* objectPieces(object: object): Generator<string> {
  let first = true;
  const joined = (text: string) => {
    const written = first ? `{${text}` : `,${text}`;
    first = false;
    return written;
  };
  let batch: Record<string, unknown> = Object.create(null);
  let left = PIECE;
  for (const [key, value] of Object.entries(object)) {
    left = weigh(value, left) - 1;
    if (left >= 0) {
      batch[key] = value;
      continue;
    }
    const before = inner(batch);
    if (before !== '') yield joined(before);
    batch = Object.create(null);
    left = PIECE;
    if (weigh(value, PIECE) >= 0) batch[key] = value;
    else {
      yield joined(`${JSON.stringify(key)}:`);
      yield* jsonPieces(value);
    }
  }
  const rest = inner(batch);
  if (rest !== '') yield joined(rest);
  yield first ? '{}' : '}';
}

const inner = (value: object): string => JSON.stringify(value).slice(1, -1);

/** What is left of the budget; below 0 it was not enough, and the rest is not looked at. */
function weigh(value: unknown, budget: number): number {
  if (typeof value === 'string') return budget - 1 - (value.length >> 5);
  if (typeof value !== 'object' || value === null || hasToJson(value)) return budget - 1;
  let left = budget - 1;
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const part of parts) {
    left = weigh(part, left);
    if (left < 0) break;
  }
  return left;
}

interface WithToJson {
  toJSON(key: string): unknown;
}

/** Dates and the like are short. */
const hasToJson = (value: unknown): value is WithToJson =>
  typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function';
