/** What the docs are made of: blocks between markers, headings, links. */

/** A table of Markdown; a bar inside a cell stays a bar. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), `|${header.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

const BLOCK = /<!-- generated: ([^>]+?) -->\n[\s\S]*?<!-- end -->/gu;

/**
 * The text with its generated blocks written again; what stands beside them stays.
 * @param blockOf what stands between the markers of a name
 * @throws Error that names a block which nobody writes
 */
export function withBlocks(text: string, blockOf: (name: string) => string | undefined): string {
  return text.replace(BLOCK, (_whole, name: string) => {
    const block = blockOf(name);
    if (block === undefined) throw new Error(`Nothing is generated under the name “${name}”.`);
    return `<!-- generated: ${name} -->\n${block}\n<!-- end -->`;
  });
}

/** Headings of a file, in order, without code blocks. */
export function headingsOf(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gmu, '');
  return [...prose.matchAll(/^#{1,6} (.+)$/gmu)].map(([, heading = '']) => heading.trim());
}

/** The anchor that GitHub gives a heading; a second one of that name has a number behind it. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

/** What a link into a file can name: its headings, and places that have a name of their own. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const headings = headingsOf(text).map((heading) => {
    const anchor = anchorOf(heading);
    const before = counts.get(anchor) ?? 0;
    counts.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
  const named = [...text.matchAll(/<a id="([^"]+)">/gu)].map(([, id = '']) => id);
  return new Set([...headings, ...named]);
}

/** The rows of the tables of a file, cell by cell, without their headers. */
export function rowsOf(text: string): string[][] {
  return [...text.matchAll(/^\|(.+)\|$/gmu)]
    .map(([, line = '']) => line.split(/(?<!\\)\|/u).map((cell) => cell.trim().replaceAll('\\|', '|')))
    .filter((cells) => !cells.every((cell) => /^-*$/u.test(cell)));
}

/** The rows of the tables between a line, by how it begins, and the next heading. */
export const rowsUnder = (text: string, line: string): string[][] =>
  rowsOf(text.slice(text.indexOf(line)).split(/\n#+ /u)[0] ?? '');

/** Code blocks of a language, in order. */
export const codeOf = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gmu)].flatMap(([, name, code = '']) =>
    name === language ? [code] : [],
  );
