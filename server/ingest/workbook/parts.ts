/** What a workbook says once for all its sheets: their names, its texts, the formats of its cells. */
import { posix } from 'node:path';
import { ProblemError } from '../../problem.ts';
import { BINARY_WORKBOOK, damagedWorkbook, type WorkbookArchive } from './archive.ts';
import { type Shown, shownBy, shownByBuiltIn } from './dates.ts';
import { readXml, unescaped } from './xml.ts';

export interface SheetPart {
  readonly name: string;
  /** Name of the part inside the archive. */
  readonly part: string;
  readonly hidden: boolean;
}

export interface WorkbookParts {
  readonly sheets: readonly SheetPart[];
  readonly since1904: boolean;
  readonly texts: readonly string[];
  /** What a cell shows, by its style. */
  readonly shown: readonly (Shown | null)[];
}

/** @throws ProblemError `unreadable_file`, `unpacked_too_large` */
export async function readParts(archive: WorkbookArchive): Promise<WorkbookParts> {
  const workbook = await workbookPart(archive);
  const related = await relations(archive, workbook);
  const { sheets, since1904 } = await readSheets(archive, workbook, related);
  const part = (type: string) => [...related.values()].find((r) => r.type.endsWith(`/${type}`))?.target;
  const texts = part('sharedStrings');
  const styles = part('styles');
  return {
    sheets,
    since1904,
    texts: texts && archive.has(texts) ? await readTexts(archive, texts) : [],
    shown: styles && archive.has(styles) ? await readStyles(archive, styles) : [],
  };
}

interface Relation {
  readonly type: string;
  readonly target: string;
}

/** Relations of a part, by id, with the names of what they point at. */
async function relations(archive: WorkbookArchive, part: string): Promise<Map<string, Relation>> {
  const folder = posix.dirname(part);
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const found = new Map<string, Relation>();
  if (!archive.has(name)) return found;
  await readXml(archive.text(name), {
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
    throw new ProblemError('unsupported_format', {
      en: 'This is an Office document that is no workbook. Save its table as XLSX or CSV, and import that.',
      zh: '这是 Office 文档，不是工作簿。请将其中的表格存为 XLSX 或 CSV 后导入。',
    });
  return name;
}

async function readSheets(
  archive: WorkbookArchive,
  workbook: string,
  related: ReadonlyMap<string, Relation>,
): Promise<{ sheets: SheetPart[]; since1904: boolean }> {
  const sheets: SheetPart[] = [];
  let since1904 = false;
  await readXml(archive.text(workbook), {
    open(tag, attributes) {
      if (tag === 'workbookPr') since1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (tag !== 'sheet') return;
      const id = Object.entries(attributes).find(([name]) => /(^|:)id$/u.test(name))?.[1];
      const relation = id === undefined ? undefined : related.get(id);
      // Sheets of charts and dialogs hold no cells.
      if (!relation?.type.endsWith('/worksheet') || !archive.has(relation.target)) return;
      const hidden = attributes.state === 'hidden' || attributes.state === 'veryHidden';
      sheets.push({ name: attributes.name ?? `Sheet${sheets.length + 1}`, part: relation.target, hidden });
    },
  });
  if (sheets.length === 0) throw damagedWorkbook(new Error('no sheets'));
  return { sheets, since1904 };
}

/** Characters of all shared texts together; each is held in memory, once. */
const MOST_TEXT = 400_000_000;

async function readTexts(archive: WorkbookArchive, part: string): Promise<string[]> {
  const texts: string[] = [];
  let text = '';
  let characters = 0;
  let inText = false;
  // How a Japanese text is read aloud is written beside it.
  let aloud = false;
  await readXml(archive.text(part), {
    open(tag) {
      if (tag === 'si') text = '';
      else if (tag === 't') inText = true;
      else if (tag === 'rPh') aloud = true;
    },
    text(piece) {
      if (inText && !aloud) text += piece;
    },
    close(tag) {
      if (tag === 't') inText = false;
      else if (tag === 'rPh') aloud = false;
      else if (tag === 'si') {
        characters += text.length;
        if (characters > MOST_TEXT)
          throw new ProblemError('unpacked_too_large', {
            en: 'The workbook holds more text than can be read. Save the sheet as CSV (UTF-8), and import that.',
            zh: '工作簿的文本过多，无法读取。请将工作表另存为 CSV（UTF-8）后导入。',
          });
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
  await readXml(archive.text(part), {
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
