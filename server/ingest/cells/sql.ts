/** The only places where text from a file or a user becomes part of a statement's text. */

export function ident(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as a quoted literal, for places where the engine takes no bound value (options of `read_csv`). */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function literals(texts: readonly string[]): string {
  return `[${texts.map(literal).join(', ')}]`;
}

/**
 * Whether a text is one of many. Not `IN`: the engine makes a join of a long list, and so works the value out for every
 * row, also behind a CASE that asks for few.
 */
export function oneOf(value: string, texts: readonly string[]): string {
  return `list_contains(${literals(texts)}, ${value})`;
}

/**
 * `body` over a value that is worked out once: a costly expression that stands many times in another makes it slow to
 * plan, and to run.
 * @param name of the value inside `body`; nested ones need different names
 */
export function bound(name: string, value: string, body: (name: string) => string): string {
  // A column of the file goes before a name of the same letters: a Parquet file may have one called `t`.
  const own = `bound__${name}`;
  return `list_transform([${value}], lambda ${own}: ${body(own)})[1]`;
}
