import type { FindingKind } from '../../../contract/analyses-outlook.ts';
import type { Label, MeasureId, Row } from '../../../contract/query.ts';
import { toNumber } from '../../language/cells.ts';
import { isAvailable, MEASURE_CATALOG } from '../../language/measures.ts';
import { type Candidate, postQuery, rarity, surpriseOf } from './brief-finding.ts';
import { type BriefScope, monthsBefore, rowsOf } from './brief-scope.ts';
import { amount, monthName, percent } from './brief-words.ts';

/** A share or rate of all views that is followed from month to month. */
interface Followed {
  readonly measure: MeasureId;
  readonly kind: FindingKind;
  readonly words: Label;
}

const FOLLOWED: readonly Followed[] = [
  {
    measure: 'overseas_share',
    kind: 'overseas',
    words: { en: 'Overseas views were {share} of all in {month}', zh: '{month}，海外播放占比 {share}' },
  },
  {
    measure: 'ai_share',
    kind: 'ai',
    words: { en: 'AI-made series drew {share} of views in {month}', zh: '{month}，AI 制作剧播放占比 {share}' },
  },
  {
    measure: 'ai_series_share',
    kind: 'ai',
    words: {
      en: 'AI-made series were {share} of ongoing series in {month}',
      zh: '{month}，AI 制作剧占活跃剧集数 {share}',
    },
  },
  {
    measure: 'completion_rate',
    kind: 'quality',
    words: { en: 'The completion rate was {share} in {month}', zh: '{month}，完播率为 {share}' },
  },
  {
    measure: 'engagement_rate',
    kind: 'quality',
    words: { en: 'The engagement rate was {share} in {month}', zh: '{month}，互动率为 {share}' },
  },
];

/** Shares, rates and the total of all views, against a year before (or the earliest whole month). Nothing for a month that is cut. */
export async function shareFindings(scope: BriefScope): Promise<Candidate[]> {
  const base = scope.earlier.at(-1);
  if (!scope.whole || base === undefined) return [];
  const followed = FOLLOWED.filter(({ measure }) => isAvailable(MEASURE_CATALOG[measure], scope.engine.state.columns));
  const rows = await rowsOf(scope, {
    measures: ['views', ...followed.map(({ measure }) => measure)],
    time: { from: base, to: scope.to, grain: 'month' },
  });
  const byMonth = new Map(rows.map((row) => [String(row.period), row]));
  const of = (month: string, measure: MeasureId) => toNumber(rowValue(byMonth.get(month), measure));
  return [...followed.flatMap((one) => shareFinding(scope, one, of)), ...totalFinding(scope, of)];
}

type Values = (month: string, measure: MeasureId) => number | null;
const rowValue = (row: Row | undefined, id: string) => row?.[id] ?? null;

function shareFinding(scope: BriefScope, { measure, kind, words }: Followed, of: Values): Candidate[] {
  const now = of(scope.from, measure);
  const months = scope.earlier.filter((month) => (of(month, measure) ?? 0) > 0);
  const base = months.includes(monthsBefore(scope.from, 12)) ? monthsBefore(scope.from, 12) : months.at(-1);
  const then = base === undefined ? null : of(base, measure);
  if (now === null || now <= 0 || base === undefined || then === null) return [];
  const before = months.flatMap((month) => of(month, measure) ?? []);
  const most = before.every((value) => now > value);
  const [month, baseMonth] = [monthName(scope.from), monthName(base)];
  const told = (language: keyof Label) =>
    words[language].replace('{share}', percent(now)).replace('{month}', month[language]);
  return [
    {
      id: `${measure}:${base}`,
      kind,
      subject: measure,
      sentence: {
        en: `${told('en')}, ${now >= then ? 'up' : 'down'} from ${percent(then)} in ${baseMonth.en}${most ? `, the highest of the last ${before.length + 1} months` : ''}.`,
        zh: `${told('zh')}，${baseMonth.zh}为 ${percent(then)}${most ? `，为近 ${before.length + 1} 个月最高` : ''}。`,
      },
      value: now,
      unit: MEASURE_CATALOG[measure].unit,
      query: postQuery(scope, { measures: [measure], time: { from: base, to: scope.to, grain: 'month' } }),
      size: kind === 'quality' ? Math.abs(Math.log(now / then)) : now,
      surprise: surpriseOf(now, before) + (most ? rarity(1, before.length + 1) : 0),
    },
  ];
}

/** The month's views, where they are a record or a low of the months before. */
function totalFinding(scope: BriefScope, of: Values): Candidate[] {
  const before = scope.earlier.flatMap((month) => of(month, 'views') ?? []);
  const [previous] = before;
  const now = scope.views;
  if (previous === undefined || previous <= 0 || before.length < 2) return [];
  const [most, least] = [before.every((value) => now > value), before.every((value) => now < value)];
  if (!most && !least) return [];
  const month = monthName(scope.from);
  const change = now / previous - 1;
  return [
    {
      id: 'total',
      kind: 'total',
      subject: 'total',
      sentence: {
        en: `Views in ${month.en} came to ${amount(now, 'en')}, the ${most ? 'most' : 'fewest'} of the last ${before.length + 1} months, ${percent(Math.abs(change))} ${change >= 0 ? 'more' : 'fewer'} than the month before.`,
        zh: `${month.zh}总播放量 ${amount(now, 'zh')}，为近 ${before.length + 1} 个月${most ? '最高' : '最低'}，环比${change >= 0 ? '增长' : '下降'} ${percent(Math.abs(change))}。`,
      },
      value: now,
      unit: 'views',
      query: postQuery(scope, {
        measures: ['views'],
        time: { from: scope.earlier.at(-1), to: scope.to, grain: 'month' },
      }),
      // Its part of all views of the months compared: a total has no larger whole to be a part of.
      size: now / (now + before.reduce((sum, value) => sum + value, 0)),
      surprise: surpriseOf(now, before) + rarity(1, before.length + 1),
    },
  ];
}
