/** What the name of a column states beside a measure: a day, a week, a month, a platform, or that it is a total. */
import { MEASURE_FIELDS } from '../../../contract/imports.ts';
import { fold } from '../../../vocabulary/text.ts';
import { ALL_PLATFORMS, type Vocabulary } from '../../../vocabulary/vocabulary.ts';
import { isTotal, unitsOf } from '../../cells/extra-rows.ts';
import { matchHeader } from '../../cells/headers.ts';
import { shapeOf } from '../../cells/times.ts';
import { platformOfName } from '../name-platform.ts';

export interface HeadTime {
  readonly text: string;
  /** `bare`: two numbers, or the number of a day, which needs its neighbours to be read. */
  readonly span: 'day' | 'week' | 'month' | 'bare';
}

/** What is not stated is left out. */
export interface HeadText {
  readonly time?: HeadTime;
  readonly platform?: string;
  readonly measure?: string;
  /** `(万)` beside a key, without words for the measure. */
  readonly unit?: string;
  readonly total?: true;
  readonly other?: string;
}

const measures = new Set<string>(MEASURE_FIELDS);
const LONGEST = 40;
/** Readings of parts of names; a table of thousands of long names is read no further. */
const MOST_TRIES = 10_000;
const BETWEEN = /^[\s\-_:：·•|/,，、~]+|[\s\-_:：·•|/,，、~]+$/gu;
const BRACKETS = /^[（([【]\s*([^（([【）)\]】]+?)\s*[）)\]】]$/u;
const IN_BRACKETS = /^([^（([【）)\]】]+)[（([【]\s*([^（([【）)\]】]+?)\s*[）)\]】]$/u;
const SUMS =
  /^(?:合计|总计|小计|总和|汇总|平均值?|均值|日均|周均|月均|合計|總計|小計|平均値?|(?:grand\s*)?totals?|sum|avg|average|mean)(?![a-z])/iu;

export const isMeasure = (text: string, { headers }: Pick<Vocabulary, 'headers'>): boolean =>
  measures.has(matchHeader(text, headers)?.field ?? '');

export class HeadReader {
  private readonly known = new Map<string, HeadText>();
  private tries = MOST_TRIES;

  constructor(private readonly vocabulary: Vocabulary) {}

  read(written: string): HeadText {
    const known = this.known.get(written);
    if (known) return known;
    const text = written.normalize('NFKC').trim();
    const found = text === '' ? {} : (this.inBrackets(text) ?? readWhole(text, this.vocabulary) ?? this.inParts(text));
    this.known.set(written, found);
    return found;
  }

  /** `播放量(抖音)` */
  private inBrackets(text: string): HeadText | null {
    const [, before = '', inside = ''] = IN_BRACKETS.exec(text) ?? [];
    const key = inside === '' ? null : readWhole(inside, this.vocabulary);
    if (!key?.time && !key?.platform) return null;
    const beside = this.read(before);
    return beside.other === undefined ? { ...beside, ...key } : null;
  }

  /** `抖音播放量`, `views 2025-10` */
  private inParts(text: string): HeadText {
    if (text.length <= LONGEST && matchHeader(text, this.vocabulary.headers) === null)
      for (const [one, rest] of partings(text)) {
        this.tries -= 1;
        if (this.tries < 0) break;
        const key = readWhole(one, this.vocabulary);
        if (rest === '' || (key?.time === undefined && key?.platform === undefined)) continue;
        const beside = unitText(rest) ?? this.read(rest);
        const clash = (key.time && beside.time) || (key.platform && beside.platform);
        if (beside.other === undefined && !clash) return { ...beside, ...key };
      }
    return { other: text };
  }
}

/** The platform in a group's name (`抖音端`, `快手榜`), by its name in the vocabulary. */
export function platformWithin(text: string, vocabulary: Vocabulary, zh: boolean): string | null {
  const found = platformOfName(text.replace(/[\\/]/gu, ' '), vocabulary)?.platform;
  return found ? (zh ? found.zh : found.en) : null;
}

function readWhole(written: string, vocabulary: Vocabulary): HeadText | null {
  const text = BRACKETS.exec(written)?.[1] ?? written;
  if (isMeasure(text, vocabulary)) return { measure: text };
  if (isSum(text, vocabulary)) return { total: true };
  const time = timeIn(text);
  if (time) return { time };
  const platform = vocabulary.platforms.get(fold(text));
  if (platform) return platform.id === ALL_PLATFORMS ? { total: true } : { platform: text };
  return null;
}

function isSum(text: string, vocabulary: Vocabulary): boolean {
  if (isTotal(text)) return true;
  const beside = text.replace(SUMS, '').replace(BETWEEN, '');
  return beside !== text && (beside === '' || isMeasure(beside, vocabulary) || unitText(beside) !== null);
}

function unitText(text: string): HeadText | null {
  const unit = BRACKETS.exec(text)?.[1];
  return unit !== undefined && unitsOf([unit]) !== null ? { unit: `(${unit})` } : null;
}

function timeIn(text: string): HeadTime | null {
  if (/^\d+$/u.test(text) && !/^20\d{4}(\d{2})?$/u.test(text))
    return /^(?:[1-9]|[12]\d|3[01])$/u.test(text) ? { text, span: 'bare' } : null;
  if (/^(?:[1-9]|[12]\d|3[01])[日号號]$/u.test(text)) return { text, span: 'bare' };
  const found = shapeOf(text);
  if (!found || found.kind === 'quarter') return null;
  if (found.timed && !/[T ]0?0:00(?::00)?$/u.test(text)) return null;
  if (found.kind === 'yearless' && found.part('1') !== '') return { text, span: 'bare' };
  const span = found.span ?? (found.kind === 'range' ? 'week' : 'day');
  return { text, span };
}

/** A text cut in two, the larger key first: each part once as the key. */
function* partings(text: string): Generator<readonly [key: string, rest: string]> {
  const cuts = Array.from({ length: text.length - 1 }, (_, i) => i + 1).filter((at) => isBoundary(text, at));
  const trimmed = (part: string) => part.replace(BETWEEN, '');
  for (const at of [...cuts].reverse()) yield [trimmed(text.slice(0, at)), trimmed(text.slice(at))];
  for (const at of cuts) yield [trimmed(text.slice(at)), trimmed(text.slice(0, at))];
}

/** Not within a number or a Latin word. */
function isBoundary(text: string, at: number): boolean {
  const pair = text.slice(at - 1, at + 1);
  return !/^(?:\d\d|[a-z]{2}|[A-Z]{2})$/u.test(pair) && !/^[a-z][A-Z]$|^[\s]/u.test(pair);
}
