/**
 * Cells a spreadsheet would run (OWASP: CSV injection) get an apostrophe in every CSV we write, lost again on reading.
 * Full-width signs count too (Excel reads them). Guarded-looking text is guarded again, so each text comes back as it
 * was; `'Tis` is left alone.
 */

const SIGNS = '=+@\t\r＝＋－＠-';
const GUARDED = new RegExp(`^'*[${SIGNS}]`, 'u');

/** Also used in the engine's patterns. */
export const GUARD_PATTERN = `^'+[${SIGNS}]`;
const GUARD = new RegExp(GUARD_PATTERN, 'u');

export const guarded = (text: string): string => (GUARDED.test(text) ? `'${text}` : text);

/** `unguarded(guarded(text))` is `text`. */
export const unguarded = (cell: string): string => (GUARD.test(cell) ? cell.slice(1) : cell);
