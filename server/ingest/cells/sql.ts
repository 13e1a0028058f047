/** The only place where text from a file or a user becomes part of a statement's text. */

export function ident(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A quoted literal, for places that take no bound value (options of `read_csv`). */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function literals(texts: readonly string[]): string {
  return `[${texts.map(literal).join(', ')}]`;
}

/** Whether a text is one of many. Not `IN`: the engine joins a long list and so computes `value` for every row. */
export function oneOf(value: string, texts: readonly string[]): string {
  return `list_contains(${literals(texts)}, ${value})`;
}

/**
 * Computes `value` once for all its uses in `body`: a long repeated expression is slow to plan and to run.
 * @param name of the value inside `body`; nested ones need different names
 */
export function bound(name: string, value: string, body: (name: string) => string): string {
  // The prefix: a column of the file with the same name (a Parquet file may have `t`) would win.
  const own = `bound__${name}`;
  return `list_transform([${value}], lambda ${own}: ${body(own)})[1]`;
}
