/** Columns of views that a proposal would leave out, so that the user must look. */
import { type Field, MEASURE_FIELDS } from '../../contract/imports.ts';
import { fold } from '../../vocabulary/text.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { looksLikeTime } from '../cells/guess.ts';
import type { OptionReason } from '../read/doubt.ts';
import type { SampledColumn } from '../read/source.ts';
import {
  datesForNames,
  measuresWithoutDay,
  numbersUnmapped,
  twoColumnsOfOneName,
  viewsMayBeIn,
  viewsPerPlatform,
} from './messages.ts';
import type { Matches } from './proposal.ts';
import { holdsNumbers, isNoMeasure } from './roles.ts';

const VIEWS = /(播放|观看|觀看|点播|點閱|浏览|瀏覽|再生|視聴|views?|plays?|(^|[^a-z])vv($|[^a-z]))/iu;
const NO_VIEWS = /(率|占比|时长|時長|排名|同比|环比|rate|ratio|share|rank|duration|seconds|hours|percent|id$)/iu;

/** Without a measure each row counts as one view: a doubt if other columns hold numbers, or nearly. */
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
  const reason = perPlatform.length > 0 ? viewsPerPlatform(perPlatform) : numbersUnmapped(numbers.map((c) => c.name));
  return [{ option: 'views', doubt: 'answer', reason }];
}

/** A log with likes or revenue, no views, and a column of unknown numbers: these may be the views. */
export function viewsLeftOut(columns: readonly SampledColumn[], matches: Matches): OptionReason[] {
  if (matches.has('views')) return [];
  const taken = new Set([...matches.values()].map(({ column }) => column.name));
  const numbers = columns.filter((c) => !taken.has(c.name) && !isNoMeasure(c.name) && holdsNumbers(c));
  if (numbers.length === 0) return [];
  return [{ option: 'views', doubt: 'ask', reason: viewsMayBeIn(numbers.map((c) => c.name)) }];
}

const measures = new Set<Field>(MEASURE_FIELDS);

const YEARLESS = /^\d{1,2}(?:月份?(?:\d{1,2}[日号]?)?|[./]\d{1,2})$/u;
const WIDE = 2;
const SHOWN = 6;

/** A row per series and a column per day, week or month: its numbers would be left out. */
export function datesAsColumns(columns: readonly SampledColumn[], matches: Matches): OptionReason[] {
  const taken = new Set([...matches.values()].map(({ column }) => column.name));
  const dated = columns.filter(
    ({ name, ...column }) =>
      !taken.has(name) &&
      (looksLikeTime(name.trim()) || YEARLESS.test(name.trim())) &&
      holdsNumbers({ name, ...column }),
  );
  if (dated.length < WIDE) return [];
  const names = dated.slice(0, SHOWN).map(({ name }) => name);
  return [{ option: 'kind', doubt: 'answer', reason: datesForNames(names, dated.length > SHOWN) }];
}

/** Columns of one name (the reader calls the second `name_2`): which one counts decides the total. */
export function columnsOfOneName(columns: readonly SampledColumn[], matches: Matches): OptionReason[] {
  return [...matches].flatMap(([field, { column }]): OptionReason[] => {
    if (!measures.has(field)) return [];
    const twin = columns.find(({ name }) => name === `${column.name}_2`);
    if (!twin || twin.cells.every((cell, i) => cell === column.cells[i])) return [];
    return [
      {
        option: field === 'views' ? 'views' : 'mapping',
        doubt: field === 'views' ? 'answer' : 'ask',
        reason: twoColumnsOfOneName(column.name, twin.name, field),
      },
    ];
  });
}

export function measuresOfCatalog(matches: Matches): OptionReason[] {
  const lost = [...matches].filter(([field]) => measures.has(field));
  if (lost.length === 0) return [];
  const names = lost.map(([, { column }]) => column.name);
  const fields = [...new Set(lost.map(([field]) => field))];
  return [{ option: 'day', doubt: 'answer', reason: measuresWithoutDay(names, fields) }];
}
