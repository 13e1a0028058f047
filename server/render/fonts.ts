/** Fonts that packages ship, so that pictures are right on a machine that has none. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import subsetFont from 'subset-font';

const { resolve } = createRequire(import.meta.url);

export const INTER = {
  regular: resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  semibold: resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
} as const;
const NOTO = {
  regular: resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  semibold: resolve('@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf'),
} as const;
type Weight = keyof typeof NOTO;
const WEIGHTS = ['regular', 'semibold'] as const satisfies readonly Weight[];

const CHINESE_FAMILY = 'Noto Sans SC';
const CHINESE = '[\\u2e80-\\u9fff\\uf900-\\ufaff\\ufe30-\\ufe4f\\uff00-\\uffef\\u{20000}-\\u{3ffff}]+';
/** Letters that are not in Inter. */
const chineseRuns = (): RegExp => new RegExp(CHINESE, 'gu');

/** Names by which a font is found: family, style, and both as type designers group them. */
const NAMES = [1, 2, 4, 16, 17];
/** How letters change beside others: Chinese has hardly any such rule, and reading them takes long. */
const RULES = ['GSUB', 'GPOS', 'GDEF', 'BASE'];

/**
 * The Chinese fonts with the letters asked for so far: 20 kB instead of 10 MB, which would be read again for every text. One for
 * a thread.
 */
export class ChineseFonts {
  private readonly letters = new Set<string>();
  private made: readonly string[] = [];
  private rounds = 0;

  /** @param folder for its files, of whoever began the thread: a thread that is cut off removes nothing */
  constructor(private readonly folder: string) {}

  /** Files of both weights that have the letters of a text; empty if it has none. */
  async filesFor(text: string): Promise<readonly string[]> {
    const wanted = new Set(text.match(chineseRuns())?.join('') ?? '');
    if ([...wanted].every((letter) => this.letters.has(letter))) return this.made;
    for (const letter of wanted) this.letters.add(letter);
    this.rounds += 1;
    const made = await Promise.all(WEIGHTS.map((weight) => this.write(weight)));
    for (const file of this.made) rmSync(file, { force: true });
    this.made = made;
    return made;
  }

  private async write(weight: Weight): Promise<string> {
    const font = await subsetFont(readFileSync(NOTO[weight]), [...this.letters].join(''), {
      targetFormat: 'sfnt',
      preserveNameIds: NAMES,
      dropTables: RULES,
    });
    const file = join(this.folder, `${weight}-${this.rounds}.ttf`);
    writeFileSync(file, font);
    return file;
  }
}

const FOLDER = 'dramascope-fonts-';

/** Removed when the process ends. */
export function fontFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), FOLDER));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const TEXT = /(<text [^>]*>)([^<]*)(<\/text>)/gu;

/** Chinese letters name their font: what looks for one by itself takes the first that has the letter, of any weight. */
export const withChineseNamed = (svg: string): string =>
  svg
    .replace(/ font-family="[^"]*"/u, ' font-family="Inter"')
    .replaceAll(TEXT, (_, open: string, text: string, close: string) =>
      [open, text.replaceAll(chineseRuns(), `<tspan font-family="${CHINESE_FAMILY}">$&</tspan>`), close].join(''),
    );
