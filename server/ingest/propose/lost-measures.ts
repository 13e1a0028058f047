/** Columns of views that a proposal would leave out, so that it must not be taken without a word; pure. */
import { FIELD_LABELS } from '../../contract/fields.ts';
import { type Field, MEASURE_FIELDS } from '../../contract/imports.ts';
import { fold } from '../../vocabulary/text.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { looksLikeTime } from '../cells/guess.ts';
import type { OptionReason } from '../read/doubt.ts';
import type { SampledColumn } from '../read/source.ts';
import type { Matches } from './proposed.ts';
import { holdsNumbers, isNoMeasure } from './roles.ts';

const VIEWS = /(播放|观看|觀看|点播|點閱|浏览|瀏覽|再生|視聴|views?|plays?|(^|[^a-z])vv($|[^a-z]))/iu;
const NO_VIEWS = /(率|占比|时长|時長|排名|同比|环比|rate|ratio|share|rank|duration|seconds|hours|percent|id$)/iu;

const quoted = (names: readonly string[]) => names.map((n) => `“${n}”`);

/**
 * In a file without a measure each row would be one view: not where columns hold numbers that found no place, such as one
 * of views per platform, or come near to numbers.
 */
export function numbersLeftOut(
  columns: readonly SampledColumn[],
  matches: Matches,
  vocabulary: Vocabulary,
): OptionReason[] {
  const taken = new Set([...matches.values()].map(({ column }) => column.name));
  const numbers = columns.filter((c) => !taken.has(c.name) && holdsNumbers(c));
  if (numbers.length === 0) return [];
  const perPlatform = numbers
    .map((c) => c.name)
    .filter((name) => vocabulary.platforms.has(fold(name)) || (VIEWS.test(name) && !NO_VIEWS.test(name)));
  if (perPlatform.length > 0)
    return [
      {
        option: 'views',
        doubt: 'answer',
        reason: {
          en: `${quoted(perPlatform).join(', ')} look like views, and none is mapped: each row would count as one view. Put a column per platform into rows (a column of platforms and one of views), or import the file once for each: map that column as views, give its platform, and from the second time on force it. Where each row is one view, say views_are event`,
          zh: `${quoted(perPlatform).join('、')}像是播放量，但均未映射，每行将计为一次播放。若每个平台一列，请改为每个平台一行（平台列与播放量列），或逐列导入：将该列映射为播放量并指定平台，第二次起选择“仍然导入”（force）。若每行确为一次播放，请将“播放量是”选为“逐条事件”（views_are: event）`,
        },
      },
    ];
  const names = quoted(numbers.map((c) => c.name));
  return [
    {
      option: 'views',
      doubt: 'answer',
      reason: {
        en: `no column is known to state views, though ${names.join(', ')} hold numbers: map the one that states the views. If the names of the columns stand in another row, say header_row. Where each row is one view, say views_are event`,
        zh: `没有列可识别为播放量，而${names.join('、')}列含有数字：请将播放量所在的列映射为播放量。若列名在另一行，请选择“表头”（header_row）。若每行确为一次播放，请将“播放量是”选为“逐条事件”（views_are: event）`,
      },
    },
  ];
}

/** A log that states likes or revenue, and no views, beside a column of numbers that found no place: it may be the views. */
export function viewsLeftOut(columns: readonly SampledColumn[], matches: Matches): OptionReason[] {
  if (matches.has('views')) return [];
  const taken = new Set([...matches.values()].map(({ column }) => column.name));
  const numbers = columns.filter((c) => !taken.has(c.name) && !isNoMeasure(c.name) && holdsNumbers(c));
  if (numbers.length === 0) return [];
  const names = quoted(numbers.map((c) => c.name));
  return [
    {
      option: 'views',
      doubt: 'ask',
      reason: {
        en: `no column is known to state views, though ${names.join(', ')} hold numbers that would be left out: map the one that states the views, if one does`,
        zh: `没有列可识别为播放量，而${names.join('、')}列的数字将不导入：其中若有播放量，请将该列映射为播放量`,
      },
    },
  ];
}

const measures = new Set<Field>(MEASURE_FIELDS);

/** A month or a day of a month without its year, as it heads a column made by hand. */
const YEARLESS = /^\d{1,2}(?:月份?(?:\d{1,2}[日号]?)?|[./]\d{1,2})$/u;
/** So many columns headed by dates are no chance. */
const WIDE = 2;

/** A row per series with a column per day, week or month: its numbers would be left out. */
export function datesAsColumns(columns: readonly SampledColumn[], matches: Matches): OptionReason[] {
  const taken = new Set([...matches.values()].map(({ column }) => column.name));
  const dated = columns.filter(
    ({ name, ...column }) =>
      !taken.has(name) &&
      (looksLikeTime(name.trim()) || YEARLESS.test(name.trim())) &&
      holdsNumbers({ name, ...column }),
  );
  if (dated.length < WIDE) return [];
  const names = quoted(dated.slice(0, 6).map(({ name }) => name));
  const more = dated.length > names.length ? { en: ' …', zh: '等' } : { en: '', zh: '' };
  return [
    {
      option: 'kind',
      doubt: 'answer',
      reason: {
        en: `the columns ${names.join(', ')}${more.en} look like dates, and hold numbers that would be left out: put them into rows (a column of dates and one of views). Say kind catalog if they are no figures of those days`,
        zh: `${names.join('、')}${more.zh}列名像是日期，其中的数字将不导入：请改为每个日期一行（日期列与播放量列）。若并非这些日期的数据，请将“内容”选为“剧集目录”（kind: catalog）`,
      },
    },
  ];
}

/** Columns of one name, the second of which the reader calls `name_2`: which one counts decides the total. */
export function columnsOfOneName(columns: readonly SampledColumn[], matches: Matches): OptionReason[] {
  return [...matches].flatMap(([field, { column }]): OptionReason[] => {
    if (!measures.has(field)) return [];
    const twin = columns.find(({ name }) => name === `${column.name}_2`);
    if (!twin || twin.cells.every((cell, i) => cell === column.cells[i])) return [];
    return [
      {
        option: field === 'views' ? 'views' : 'mapping',
        doubt: field === 'views' ? 'answer' : 'ask',
        reason: {
          en: `two columns are called “${column.name}”, and their numbers differ: the first is taken for ${field}; say which one it is (the second is “${twin.name}”)`,
          zh: `有两列都叫“${column.name}”且数字不同，取第一列为${FIELD_LABELS[field].zh}；请指定是哪一列（第二列为“${twin.name}”）`,
        },
      },
    ];
  });
}

/** A catalogue holds no measures. */
export function measuresOfCatalog(matches: Matches): OptionReason[] {
  const lost = [...matches].filter(([field]) => measures.has(field));
  if (lost.length === 0) return [];
  const names = quoted(lost.map(([, { column }]) => column.name));
  const fields = [...new Set(lost.map(([field]) => field))];
  return [
    {
      option: 'day',
      doubt: 'answer',
      reason: {
        en: `watch out: no column says which day the numbers are of, so the file is taken for a catalogue and ${names.join(', ')} (${fields.join(', ')}) left out. Say kind catalog, or of which day they are: map the column of days, or say day (of a week or a month its first day, and what it covers)`,
        zh: `请确认：没有列说明数字属于哪一天，按剧集目录导入，${names.join('、')}（${fields.map((f) => FIELD_LABELS[f].zh).join('、')}）将不导入；请将“内容”选为“剧集目录”（kind: catalog），或选为“播放数据”（log）并说明数字所属的日期：映射日期列，或填写“全部行的日期”（day；若为一周或一月，填其第一天并选择“该日期表示”，即 covers）`,
      },
    },
  ];
}
