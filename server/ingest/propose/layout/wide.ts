/** Wide tables: a column per day, platform or series, or tables side by side. */
import type { Across, Field } from '../../../contract/imports.ts';
import type { Label } from '../../../contract/query.ts';
import { currencyOf } from '../../../vocabulary/currencies.ts';
import { isRegion } from '../../../vocabulary/regions.ts';
import { fold, isBlank } from '../../../vocabulary/text.ts';
import type { Vocabulary } from '../../../vocabulary/vocabulary.ts';
import { genresOf } from '../../cells/genres.ts';
import { matchHeader } from '../../cells/headers.ts';
import { readNumber } from '../../cells/numbers.ts';
import type { LayoutColumn, WideLayout } from '../../read/layout.ts';
import type { SampledColumn } from '../../read/source.ts';
import { holdsCounts, isDated, isNoMeasure } from '../roles.ts';
import { columnsBecomeRows, NAMES_BECOME_ROWS, NUMBERS_OF_WHAT, tablesSideBySide, totalIsNoSum } from './messages.ts';
import { HeadReader, type HeadText, type HeadTime, isMeasure, platformWithin } from './wide-heads.ts';

export interface WideTable {
  readonly names: readonly string[];
  readonly upper: readonly string[] | null;
  readonly columns: readonly SampledColumn[];
  readonly titles: readonly string[];
  readonly called: readonly string[];
}

interface Head extends HeadText {
  readonly at: number;
  readonly name: string;
  /** The group above its name; empty if there is none. */
  readonly group: string;
  readonly column: SampledColumn;
  readonly empty: boolean;
  readonly numeric: boolean;
}

interface Value {
  readonly head: Head;
  readonly keys: readonly string[];
  readonly measure: string;
}

interface Key {
  readonly name: string;
  readonly field: Field;
}

/** So many similar columns are no chance. */
const SEVERAL = 2;

/** Null if the table has no such layout. @param said the chosen layout; left out: the one it looks like */
export function layoutOf(table: WideTable, said: Across | undefined, vocabulary: Vocabulary): WideLayout | null {
  if (said === 'none') return null;
  const tried = said ? [said] : (['tables', 'time', 'platform', 'series'] as const);
  const reader = new TableReader(table, said !== undefined, vocabulary);
  for (const across of tried) {
    const found = reader[across]();
    if (found) return found;
  }
  return null;
}

class TableReader {
  private readonly zh: boolean;
  private readonly heads: readonly Head[];
  private readonly upper: readonly string[];
  private readonly reader: HeadReader;

  constructor(
    private readonly table: WideTable,
    private readonly sure: boolean,
    private readonly vocabulary: Vocabulary,
  ) {
    this.zh = /\p{Script=Han}/u.test([...table.names, ...(table.upper ?? []), ...table.titles].join(''));
    this.upper = filledUpper(table);
    this.reader = new HeadReader(vocabulary);
    this.heads = table.columns.map((column, at) => {
      const name = table.names[at] ?? '';
      const group = this.upper[at] ?? '';
      const empty = column.cells.every(isBlank);
      return {
        ...joined(this.reader.read(name), group === '' ? {} : this.readGroup(group)),
        ...{ at, name, group, column, empty, numeric: !empty && holdsCounts(column, 0.5) },
      };
    });
  }

  private readGroup(text: string): HeadText {
    const found = this.reader.read(text);
    if (found.other === undefined) return found;
    const platform = platformWithin(found.other, this.vocabulary, this.zh);
    return platform === null ? found : { platform };
  }

  time(): WideLayout | null {
    const of = this.heads.filter((head) => head.time && !head.total);
    const texts = timesOf(
      of.flatMap(({ time }) => time ?? []),
      [...this.table.titles, ...this.table.called],
    );
    if (!texts || (!this.sure && !this.heads.some((head) => this.isName(head)))) return null;
    const spans = new Set(of.map(({ time }) => (time?.span === 'bare' ? 'day' : time?.span)));
    const [span] = spans.size === 1 ? spans : ['day' as const];
    const time: Key = {
      field: 'time',
      name:
        { day: ['日期', 'date'], week: ['周', 'week'], month: ['月份', 'month'] }[span ?? 'day'][this.zh ? 0 : 1] ?? '',
    };
    const platforms = of.some(({ platform }) => platform !== undefined);
    const values = of.map((head) => ({
      head,
      keys: [texts.get(head.time?.text ?? '') ?? '', ...(platforms ? [head.platform ?? ''] : [])],
      measure: this.measureOf(head),
    }));
    return this.layout('time', values, [time, ...(platforms ? [this.platformKey] : [])]);
  }

  private get platformKey(): Key {
    return { field: 'platform', name: this.zh ? '平台' : 'platform' };
  }

  platform(): WideLayout | null {
    const known = this.heads.filter((head) => head.platform && !head.total);
    const values = known.map((head) => ({ head, keys: [head.platform ?? ''], measure: this.measureOf(head) }));
    const found = this.layout('platform', values, [this.platformKey]);
    return found ?? (this.sure ? this.unknown('platform', this.platformKey) : null);
  }

  series(): WideLayout | null {
    const key: Key = { field: 'title', name: this.zh ? '剧名' : 'title' };
    if (this.sure) return this.unknown('series', key);
    const fields = new Set(this.heads.flatMap((head) => this.fieldOf(head) ?? []));
    if (fields.has('series_id') || fields.has('title')) return null;
    const [time, ...more] = this.heads.filter(({ column, numeric }) => !numeric && isDated(column));
    if (!time || more.length > 0) return null;
    const grouped = this.heads.filter((head) => this.isUnknownGroup(head));
    if (grouped.length > 0)
      return repeats(grouped) && grouped.every(({ group }) => this.isTitle(group)) ? this.unknown('series', key) : null;
    const numbers = this.heads.filter((head) => head.numeric && this.fieldOf(head) !== 'hour');
    const beside = this.heads.filter(
      (head) =>
        head !== time && !head.empty && !head.numeric && !['platform', 'region'].includes(this.fieldOf(head) ?? ''),
    );
    const alike = numbers
      .filter(({ total }) => !total)
      .every((head) => this.mayBeTitle(head) && holdsCounts(head.column, 1));
    return alike && beside.length === 0 && this.onceADay(time) ? this.unknown('series', key) : null;
  }

  tables(): WideLayout | null {
    const found = blocksOf(this.heads);
    if (!found) return null;
    const { before, blocks } = found;
    const [first = []] = blocks;
    const fields = first.map((head) => this.fieldOf(head));
    if (!this.sure && !fields.some((field) => field === 'title' || field === 'series_id')) return null;
    const groups = blocks.map((block) => ({ block, said: this.groupOf(block) }));
    const keys = (['time', 'platform'] as const).filter((field) =>
      groups.every(({ said }) => said[field] !== undefined),
    );
    const key = { time: { field: 'time', name: this.zh ? '日期' : 'date' }, platform: this.platformKey } as const;
    const columns = uniqueColumns([
      ...[...before, ...first].map(({ name, at }) => ({ name, at })),
      ...keys.map((field) => ({ name: key[field].name, at: null, told: toldBy(field) })),
    ]);
    return {
      across: 'tables',
      columns,
      groups: groups.map(({ block, said }) => ({
        cells: [...before.map(({ at }) => at), ...block.map(({ at }) => at), ...keys.map((field) => said[field] ?? '')],
        filled: block.map(({ at }) => at),
      })),
      leftOut: [],
      reason: tablesSideBySide(blocks.length, columnNames(first)),
    };
  }

  private groupOf(block: readonly Head[]): { time?: string; platform?: string } {
    const texts = block.map(({ at }) => this.table.upper?.[at] ?? '').filter((text) => text !== '');
    const found = texts.map((text) => this.readGroup(text));
    const time = found.find((one) => one.time)?.time;
    const platform = found.find((one) => one.platform)?.platform;
    return { ...(time && time.span !== 'bare' ? { time: time.text } : {}), ...(platform ? { platform } : {}) };
  }

  /** If names are unknown, they are what the columns are about. */
  private unknown(across: 'platform' | 'series', key: Key): WideLayout | null {
    const grouped = this.heads.filter((head) => this.isUnknownGroup(head));
    const single = this.heads.filter(
      (head) => head.numeric && !head.total && head.other !== undefined && this.fieldOf(head) === null,
    );
    const values = repeats(grouped)
      ? grouped.map((head) => ({ head, keys: [head.group], measure: head.name }))
      : single.map((head) => ({ head, keys: [head.name], measure: this.measureOf({ ...head, other: undefined }) }));
    return this.layout(across, values, [key]);
  }

  private isUnknownGroup({ group, name, total, numeric, empty, time, platform }: Head): boolean {
    return group !== '' && group !== name && name !== '' && !total && (numeric || empty) && !time && !platform;
  }

  private layout(across: WideLayout['across'], values: readonly Value[], keys: readonly Key[]): WideLayout | null {
    const likely = values.filter(({ head }) => head.numeric || head.empty);
    const distinct = new Set(likely.map((value) => JSON.stringify(value.keys)));
    if (distinct.size < (this.sure ? 1 : SEVERAL) || !likely.some(({ head }) => head.numeric)) return null;
    const groups = new Map<string, Value[]>();
    for (const value of values) {
      const id = JSON.stringify(value.keys);
      const group = groups.get(id) ?? [];
      // Nothing tells the two apart.
      if (group.some(({ measure }) => measure === value.measure)) return null;
      groups.set(id, [...group, value]);
    }
    const measures = [...new Set(values.map(({ measure }) => measure))];
    const taken = new Set(values.map(({ head }) => head.at));
    const rest = this.heads.filter(({ at, name, empty }) => !taken.has(at) && !(empty && name === ''));
    const left = rest.filter((head) => head.numeric && (head.total || isMeasure(head.name, this.vocabulary)));
    const ids = rest.filter((head) => !left.includes(head) && !(head.total && head.empty));
    if (!this.sure && ids.some((head) => this.namesMeasures(head))) return null;
    const open = ids.filter((head) => this.mayBelong(head));
    const plain = this.plainMeasure();
    const columns = uniqueColumns([
      ...ids.map(({ column, at }) => ({ name: column.name, at })),
      ...keys.map(({ name, field }) => ({ name, at: null, told: toldBy(field) })),
      ...measures.map((measure) => ({
        name: measure,
        at: null,
        ...(plain === null && isUnsaid(measure) ? { told: UNSAID } : {}),
      })),
    ]);
    return {
      across,
      columns,
      groups: [...groups.values()].map((group) => ({
        cells: [
          ...ids.map(({ at }) => at),
          ...(group[0]?.keys ?? []),
          ...measures.map((measure) => group.find((value) => value.measure === measure)?.head.at ?? null),
        ],
        filled: group.map(({ head }) => head.at),
      })),
      leftOut: columnNames([...left, ...open]),
      reason: columnsBecomeRows({
        across,
        keys: [...groups.values()].map(([value]) => value?.keys.join(' ') ?? ''),
        made: columns.slice(ids.length).map(({ name }) => name),
        left: columnNames(left),
        odd: this.sumsDiffer([...groups.values()], left),
        open: columnNames(open),
      }),
    };
  }

  /** For a stated total that is not the sum of its parts. */
  private sumsDiffer(groups: readonly (readonly Value[])[], left: readonly Head[]): Label | null {
    if (groups.some((group) => group.length > 1)) return null;
    const parts = groups.flatMap(([value]) => value?.head ?? []);
    const counted = matchHeader(groups[0]?.[0]?.measure ?? '', this.vocabulary.headers)?.field;
    const isSum = (head: Head) => (head.total && !MEAN.test(head.name)) || this.fieldOf(head) === counted;
    const number = ({ column }: Head, row: number) => readNumber(column.cells[row] ?? '');
    for (const total of left.filter(isSum))
      for (const row of total.column.cells.keys()) {
        const stated = number(total, row);
        const numbers = parts.map((head) => number(head, row));
        const sum = numbers.reduce<number>((all, n) => all + (n ?? 0), 0);
        if (!stated || numbers.every((n) => n === null) || Math.abs(sum - stated) <= Math.abs(stated) * EQUAL) continue;
        return totalIsNoSum(total.column.name, row + 1, stated, sum);
      }
    return null;
  }

  private measureOf({
    measure,
    unit = '',
    other,
    group,
    name,
  }: Omit<Head, 'other'> & { other?: string | undefined }): string {
    if (measure !== undefined) return measure;
    const groups = new Set(this.upper.filter((text) => text !== ''));
    // A text over all columns is a title.
    if (other !== undefined && (other !== group || groups.size > 1) && other !== '')
      return other === group ? group : name;
    return `${this.plainMeasure() ?? (this.zh ? UNSAID_ZH : UNSAID_EN)}${unit}`;
  }

  private plain: string | null | undefined;

  private plainMeasure(): string | null {
    if (this.plain === undefined) {
      const said = [...this.table.titles, ...[...new Set(this.upper)].slice(0, MOST_GROUPS), ...this.table.called].map(
        (text) => measureWithin(text, this.vocabulary),
      );
      this.plain = said.find((one) => one !== null) ?? null;
    }
    return this.plain;
  }

  private fieldOf({ name, column }: Head): Field | null {
    return (
      matchHeader(name, this.vocabulary.headers)?.field ??
      (this.vocabulary.platforms.has(fold(column.cells.find((cell) => !isBlank(cell)) ?? '')) ? 'platform' : null)
    );
  }

  /** Numbers under an unknown name, such as a new platform. */
  private mayBelong(head: Head): boolean {
    return head.numeric && head.other !== undefined && this.fieldOf(head) === null && !isNoMeasure(head.name);
  }

  /** `播放量`, `点赞` … in rows: each row has another measure. */
  private namesMeasures({ column, empty }: Head): boolean {
    return !empty && column.cells.every((cell) => isBlank(cell) || isMeasure(cell ?? '', this.vocabulary));
  }

  private isName({ numeric, empty, time, total }: Head): boolean {
    return !numeric && !empty && !time && !total;
  }

  private mayBeTitle(head: Head): boolean {
    const { name, other } = head;
    return other !== undefined && this.fieldOf(head) === null && this.isTitle(name);
  }

  /** Whether a text has no known meaning and no word for a measure. */
  private isTitle(text: string): boolean {
    return (
      /\p{L}/u.test(text) &&
      !/^column\d+$/u.test(text) &&
      !isNoMeasure(text) &&
      !COUNTS.test(text.normalize('NFKC').trim()) &&
      !isRegion(text) &&
      currencyOf(text) === null &&
      genresOf(text, this.vocabulary) === null
    );
  }

  /** Whether no day has two rows, unless another column tells them apart. */
  private onceADay({ column }: Head): boolean {
    const apart = this.heads.filter((head) => !head.numeric && !head.empty);
    const rows = column.cells.flatMap((cell, row) =>
      isBlank(cell) ? [] : [apart.map((head) => head.column.cells[row]).join('\n')],
    );
    return new Set(rows).size === rows.length;
  }
}

const UNSAID_ZH = '数值';
const UNSAID_EN = 'value';
const isUnsaid = (name: string) => name.startsWith(UNSAID_ZH) || name.startsWith(UNSAID_EN);
const MEAN = /均|avg|average|mean/iu;
const MOST_GROUPS = 20;
/** Share of a total, for rounding. */
const EQUAL = 0.005;
const COUNTS =
  /(?:数|數|量|率|额|額|人次|时长|時長|次|占比|排名|热度|指数|金额|count|rate|views?|plays?|users?|total|number|avg|score|index|amount|impressions|clicks|followers|hours|minutes|seconds)$/iu;

const columnNames = (heads: readonly Head[]) => heads.map(({ column }) => column.name);

const toldBy = (field: Field): NonNullable<LayoutColumn['told']> => ({
  field,
  reason: NAMES_BECOME_ROWS,
});
const UNSAID: NonNullable<LayoutColumn['told']> = {
  field: 'views',
  reason: NUMBERS_OF_WHAT,
  unsure: true,
};

/** A name and its group, of which either may state the key. */
function joined(name: HeadText, group: HeadText): HeadText {
  const other = name.other ?? (group.time || group.platform || group.measure ? undefined : group.other);
  const { other: _other, ...said } = { ...group, ...name };
  return other === undefined ? said : { ...said, other };
}

/** The row above the names, each text over the blank cells to its right; empty over columns with own names. */
function filledUpper({ names, upper, columns }: WideTable): string[] {
  const filled: string[] = [];
  let last = '';
  for (const [at] of columns.entries()) {
    const text = upper?.[at] ?? '';
    const name = names[at] ?? '';
    if (name === '' && text === '') last = '';
    else if (text !== '') last = text === name ? '' : text;
    filled.push(text === name ? '' : last);
  }
  return filled;
}

/** Whether each group has the same names, so that the groups tell the columns apart. */
function repeats(heads: readonly Head[]): boolean {
  const groups = new Set(heads.map(({ group }) => group));
  const names = new Set(heads.map(({ name }) => name));
  return groups.size >= SEVERAL && heads.length > names.size;
}

/** Repeated lists of names, and the columns before the first. */
function blocksOf(heads: readonly Head[]): { before: readonly Head[]; blocks: readonly (readonly Head[])[] } | null {
  const used = heads.filter(({ name, empty }) => name !== '' || !empty);
  const first = used.find(({ name }, at) => name !== '' && used.findIndex((other) => other.name === name) < at)?.name;
  const starts = used.flatMap(({ name }, at) => (name === first ? [at] : []));
  const [start] = starts;
  if (first === undefined || start === undefined) return null;
  const blocks = starts.map((from, i) => used.slice(from, starts[i + 1]));
  const names = (block: readonly Head[]) => JSON.stringify(block.map(({ name }) => name));
  const [one = []] = blocks;
  const distinct = new Set(one.map(({ name }) => name)).size === one.length;
  if (one.length < SEVERAL || !distinct || blocks.some((block) => names(block) !== names(one))) return null;
  return { before: used.slice(0, start), blocks };
}

/** Names must differ by more than case. */
function uniqueColumns(columns: readonly LayoutColumn[]): LayoutColumn[] {
  const seen = new Set<string>();
  return columns.map((column) => {
    let { name } = column;
    for (let n = 2; seen.has(name.toLowerCase()); n++) name = `${column.name}_${n}`;
    seen.add(name.toLowerCase());
    return { ...column, name };
  });
}

/**
 * The times in headers as a column of times would write them; null if fewer than two.
 * @param told texts that may give the month for numbers of days
 */
function timesOf(times: readonly HeadTime[], told: readonly string[]): ReadonlyMap<string, string> | null {
  const texts = [...new Set(times.map(({ text }) => text))];
  const bare = [...new Set(times.flatMap(({ text, span }) => (span === 'bare' ? [text] : [])))];
  const found = new Map(texts.map((text) => [text, text]));
  if (bare.length === 0) return texts.length > 0 ? found : null;
  // Beside plain dates, two numbers may be anything.
  if (bare.length < texts.length) return null;
  const read = bare.some((text) => /^\d+[日号號]?$/u.test(text)) ? daysOfMonth(bare, told) : daysAndMonths(bare);
  return read && new Map(bare.map((text, i) => [text, read[i] ?? text]));
}

/** So many days of a month in a row are no chance. */
const MANY = 5;

/** `1`, `2` … or `1日`, `2日` …, in the month of a title or the file name. */
function daysOfMonth(texts: readonly string[], told: readonly string[]): string[] | null {
  const days = texts.map((text) => Number.parseInt(text, 10));
  const inRow = days.every((day, i) => i === 0 || Math.abs(day - (days[i - 1] ?? 0)) === 1);
  const month = told.map(monthWithin).find((found) => found !== null);
  if (!inRow || !month || (days.length < MANY && texts.every((text) => /^\d+$/u.test(text)))) return null;
  return days.map((day) => `${month}-${String(day).padStart(2, '0')}`);
}

function monthWithin(text: string): string | null {
  const found = /(?<!\d)(20\d{2})\s*(?:[-_./年]\s*(1[0-2]|0?[1-9])|(0[1-9]|1[0-2]))(?!\d)/u.exec(
    text.normalize('NFKC'),
  );
  return found && `${found[1]}-${(found[2] ?? found[3] ?? '').padStart(2, '0')}`;
}

/** `10/1`, `10/2` …: the day is the number that fits in every name and counts up. */
function daysAndMonths(texts: readonly string[]): string[] | null {
  const parts = texts.map((text) => text.split(/[-/.]/u).map(Number));
  const as = (month: number, day: number) => {
    const dates = parts.map((part) => {
      const date = new Date(Date.UTC(2024, (part[month] ?? 0) - 1, part[day] ?? 0));
      return date.getUTCMonth() + 1 === part[month] ? date.getTime() : null;
    });
    if (dates.includes(null)) return null;
    const steps = dates.slice(1).map((date, i) => Math.abs((date ?? 0) - (dates[i] ?? 0)) / DAY);
    return steps.every((step) => step === steps[0]) ? (steps[0] ?? 0) : Number.POSITIVE_INFINITY;
  };
  const [monthFirst, dayFirst] = [as(0, 1), as(1, 0)];
  if (monthFirst !== null && (dayFirst === null || monthFirst <= dayFirst)) return [...texts];
  return dayFirst === null ? null : parts.map(([day, month]) => `${month}月${day}日`);
}

const DAY = 86_400_000;

/** The longest known words for a measure; null if there are none, or of several measures. */
function measureWithin(text: string, { headers }: Vocabulary): string | null {
  // `10月播放量` is not 月播放量.
  const lower = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/\d+\s*[年月日号周]/gu, ' ');
  const found = headers
    .filter(
      ({ header, field }) =>
        isMeasure(header, { headers }) &&
        isWord(header.toLowerCase().replaceAll('_', ' '), lower) &&
        field !== 'viewers',
    )
    .sort((a, b) => b.header.length - a.header.length);
  const [longest] = found;
  const fields = new Set(found.map(({ field }) => field));
  return longest && fields.size === 1 ? longest.header : null;
}

function isWord(word: string, text: string): boolean {
  const latin = /^[a-z0-9 +]+$/u.test(word);
  if ([...word].length < (latin ? 4 : 2)) return false;
  const at = text.indexOf(word);
  return at >= 0 && !(latin && /[a-z]/u.test(`${text[at - 1] ?? ''}${text[at + word.length] ?? ''}`));
}
