/**
 * Cells that a spreadsheet would run (OWASP: CSV injection) stand behind an apostrophe in every CSV that we write, and
 * lose it again where a file is read. Full-width signs count too: Excel reads them alike. A text that looks guarded is
 * guarded once more, so that each comes back as it was; a name such as `'Tis` is left alone.
 */

const SIGNS = '=+@\t\r＝＋－＠-';
const GUARDED = new RegExp(`^'*[${SIGNS}]`, 'u');

/** What `unguarded` takes one apostrophe from; the same in the engine's patterns. */
export const GUARD_PATTERN = `^'+[${SIGNS}]`;
const GUARD = new RegExp(GUARD_PATTERN, 'u');

/** A text as a cell that no spreadsheet runs. */
export const guarded = (text: string): string => (GUARDED.test(text) ? `'${text}` : text);

/** The text that a cell stands for. `unguarded(guarded(text))` is `text`. */
export const unguarded = (cell: string): string => (GUARD.test(cell) ? cell.slice(1) : cell);
