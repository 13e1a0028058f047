/** What a workbook states once for all sheets: their names, texts, formats of cells. */
import { posix } from 'node:path';
import { ProblemError } from '../../../problem.ts';
import { damagedWorkbook, type WorkbookArchive } from './archive.ts';
import { type Shown, shownBy, shownByBuiltIn } from './dates.ts';
import { BINARY_WORKBOOK, cellTooLong, OTHER_OFFICE_DOCUMENT, TOO_MUCH_TEXT, tooManySheets } from './messages.ts';
import { readXml, unescaped } from './xml.ts';

export interface SheetPart {
  readonly name: string;
  readonly part: string;
  readonly hidden: boolean;
}

export interface WorkbookParts {
  readonly sheets: readonly SheetPart[];
  readonly since1904: boolean;
  /** Formulas have no results yet (`fullCalcOnLoad`): a stored 0 means nothing. */
  readonly unworked: boolean;
  readonly texts: readonly string[];
  readonly shown: readonly (Shown | null)[];
}

export async function readParts(archive: WorkbookArchive): Promise<WorkbookParts> {
  const workbook = await workbookPart(archive);
  const related = await relations(archive, workbook);
  const { sheets, since1904, unworked } = await readSheets(archive, workbook, related);
  const part = (type: string) => [...related.values()].find((r) => r.type.endsWith(`/${type}`))?.target;
  const texts = part('sharedStrings');
  const styles = part('styles');
  return {
    sheets,
    since1904,
    unworked,
    texts: texts && archive.has(texts) ? await readTexts(archive, texts) : [],
    shown: styles && archive.has(styles) ? await readStyles(archive, styles) : [],
  };
}

/** Bytes of a part that is kept in memory: names of sheets, relations, formats. */
const LARGEST_LIST = 16 * 1024 ** 2;
const LARGEST_STYLES = 64 * 1024 ** 2;
const MOST_SHEETS = 1000;

interface Relation {
  readonly type: string;
  readonly target: string;
}

async function relations(archive: WorkbookArchive, part: string): Promise<Map<string, Relation>> {
  const folder = posix.dirname(part);
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const found = new Map<string, Relation>();
  if (!archive.has(name)) return found;
  await readXml(archive.text(name, LARGEST_LIST), {
    open(tag, { Id, Type, Target }) {
      if (tag === 'Relationship' && Id && Type && Target)
        found.set(Id, { type: Type, target: Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target) });
    },
  });
  return found;
}

async function workbookPart(archive: WorkbookArchive): Promise<string> {
  const root = [...(await relations(archive, '')).values()].find((r) => r.type.endsWith('/officeDocument'));
  const name = root?.target ?? 'xl/workbook.xml';
  if (/\.bin$/iu.test(name)) throw new ProblemError('unsupported_format', BINARY_WORKBOOK);
  if (!archive.has(name) || !/(^|\/)workbook\d*\.xml$/iu.test(name))
    throw new ProblemError('unsupported_format', OTHER_OFFICE_DOCUMENT);
  return name;
}

async function readSheets(
  archive: WorkbookArchive,
  workbook: string,
  related: ReadonlyMap<string, Relation>,
): Promise<Pick<WorkbookParts, 'since1904' | 'unworked'> & { sheets: SheetPart[] }> {
  const sheets: SheetPart[] = [];
  let since1904 = false;
  let unworked = false;
  const taken = new Set<string>();
  await readXml(archive.text(workbook, LARGEST_LIST), {
    open(tag, attributes) {
      if (tag === 'workbookPr') since1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (tag === 'calcPr') unworked = ['1', 'true'].includes(attributes.fullCalcOnLoad ?? '');
      if (tag !== 'sheet') return;
      const id = Object.entries(attributes).find(([name]) => /(^|:)id$/u.test(name))?.[1];
      const relation = id === undefined ? undefined : related.get(id);
      // Sheets of charts and dialogs have no cells.
      if (!relation?.type.endsWith('/worksheet') || !archive.has(relation.target)) return;
      // A part is one sheet, however often it is named.
      if (taken.has(relation.target)) return;
      taken.add(relation.target);
      if (sheets.length === MOST_SHEETS) throw new ProblemError('unreadable_file', tooManySheets(MOST_SHEETS));
      const hidden = attributes.state === 'hidden' || attributes.state === 'veryHidden';
      sheets.push({ name: attributes.name ?? `Sheet${sheets.length + 1}`, part: relation.target, hidden });
    },
  });
  if (sheets.length === 0) throw damagedWorkbook(new Error('no sheets'));
  return { sheets, since1904, unworked };
}

/** Characters of all shared texts: each is in memory, once. */
const MOST_TEXT = 400_000_000;
/** Memory of a text beside its characters. */
const PER_TEXT = 40;

/** A spreadsheet's own limit is 32,767, or 50,000 in the cloud. */
const LONGEST_CELL = 100_000;

/** A text that many cells share is written again for each. @throws ProblemError `unreadable_file` */
export function refuseLongCell(characters: number): void {
  if (characters > LONGEST_CELL) throw new ProblemError('unreadable_file', cellTooLong(LONGEST_CELL));
}

async function readTexts(archive: WorkbookArchive, part: string): Promise<string[]> {
  const texts: string[] = [];
  let text = '';
  let characters = 0;
  let inText = false;
  // Japanese texts have their pronunciation beside them.
  let aloud = false;
  await readXml(archive.text(part), {
    open(tag) {
      if (tag === 'si') text = '';
      else if (tag === 't') inText = true;
      else if (tag === 'rPh') aloud = true;
    },
    text(piece) {
      if (!inText || aloud) return;
      text += piece;
      refuseLongCell(text.length);
    },
    close(tag) {
      if (tag === 't') inText = false;
      else if (tag === 'rPh') aloud = false;
      else if (tag === 'si') {
        characters += text.length + PER_TEXT;
        if (characters > MOST_TEXT) throw new ProblemError('unpacked_too_large', TOO_MUCH_TEXT);
        texts.push(unescaped(text));
      }
    },
  });
  return texts;
}

async function readStyles(archive: WorkbookArchive, part: string): Promise<(Shown | null)[]> {
  const codes = new Map<number, string>();
  const shown: (Shown | null)[] = [];
  let inCells = false;
  await readXml(archive.text(part, LARGEST_STYLES), {
    open(tag, { numFmtId, formatCode }) {
      const id = Number(numFmtId ?? 0);
      if (tag === 'numFmt' && formatCode !== undefined) codes.set(id, formatCode);
      else if (tag === 'cellXfs') inCells = true;
      else if (tag === 'xf' && inCells) {
        const code = codes.get(id);
        shown.push(code === undefined ? shownByBuiltIn(id) : shownBy(code));
      }
    },
    close(tag) {
      if (tag === 'cellXfs') inCells = false;
    },
  });
  return shown;
}
