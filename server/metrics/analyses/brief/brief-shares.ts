import type { FindingKind } from '../../../contract/analyses-outlook.ts';
import { type Label, type MeasureId, type QueryInput, type Row, UNKNOWN_MEMBER } from '../../../contract/query.ts';
import { daysBetween, previousYear, type Range } from '../../language/calendar.ts';
import { toNumber } from '../../language/cells.ts';
import { isAvailable, MEASURE_CATALOG } from '../../language/measures.ts';
import { type Candidate, type Lead, postQuery, rarity, surpriseOf } from './brief-finding.ts';
import { type BriefScope, type Compared, rowsIn, rowsOf, sinceBase } from './brief-scope.ts';
import { amount, factor, isTimes, lastPeriods, percent, points, pointsEn, when } from './brief-words.ts';

interface Followed {
  readonly measure: MeasureId;
  readonly kind: FindingKind;
  readonly words: Label;
  /** Its change as one of the leads. */
  readonly change?: { readonly lead: Lead; readonly words: Label };
  /** Set if most views may not state it. */
  readonly of?: Stated;
}

interface Stated {
  readonly dimensions: NonNullable<QueryInput['dimensions']>;
  readonly isKnown: (row: Row) => boolean;
  readonly words: Label;
}

const MARKET: Stated = {
  dimensions: ['market'],
  isKnown: ({ market }) => market !== UNKNOWN_MEMBER,
  words: { en: ' (a region is known for {known} of views)', zh: '（仅 {known} 的播放量地区已知）' },
};
const MAKING: Stated = {
  dimensions: ['format', 'production'],
  isKnown: ({ format, production }) => format !== UNKNOWN_MEMBER || production !== UNKNOWN_MEMBER,
  words: { en: ' (a format is known for {known} of views)', zh: '（仅 {known} 的播放量形态已知）' },
};

const FOLLOWED: readonly Followed[] = [
  {
    measure: 'overseas_share',
    kind: 'overseas',
    words: { en: 'Overseas views were {share} of all {when}', zh: '{when}，海外播放占比 {share}' },
    change: { lead: 'overseas', words: { en: 'The overseas share of views', zh: '海外播放占比' } },
    of: MARKET,
  },
  {
    measure: 'ai_share',
    kind: 'ai',
    words: { en: 'AI-made series drew {share} of views {when}', zh: '{when}，AI 制作剧播放占比 {share}' },
    change: { lead: 'ai', words: { en: 'The share of AI-made series in views', zh: 'AI 制作剧播放占比' } },
    of: MAKING,
  },
  {
    measure: 'ai_series_share',
    kind: 'ai',
    words: {
      en: 'AI-made series were {share} of ongoing series {when}',
      zh: '{when}，AI 制作剧占活跃剧集数 {share}',
    },
    of: MAKING,
  },
  {
    measure: 'completion_rate',
    kind: 'quality',
    words: { en: 'The completion rate was {share} {when}', zh: '{when}，完播率为 {share}' },
  },
  {
    measure: 'engagement_rate',
    kind: 'quality',
    words: { en: 'The engagement rate was {share} {when}', zh: '{when}，互动率为 {share}' },
  },
];

/** Below this a share says more about the unknown rest. */
const ENOUGH_KNOWN = 0.5;
/** From here on the unknown rest is not mentioned. */
const NEARLY_ALL = 0.995;
/** A smaller change of a share gets no sentence. */
const SHARE_MOVED = 0.003;
/** A change of the total that reads as none. */
const LEVEL = 0.0005;

/** Against the compared range, else a year before or the earliest one looked back to; else the total at most. */
export async function shareFindings(scope: BriefScope): Promise<Candidate[]> {
  const { engine, compared } = scope;
  const followed = FOLLOWED.filter(({ measure }) => isAvailable(MEASURE_CATALOG[measure], engine.state.columns));
  const measures: MeasureId[] = ['views', ...followed.map(({ measure }) => measure)];
  const earlier = scope.historic ? scope.earlier : [];
  const rows = earlier.length === 0 ? () => [] : await rowsIn(scope, { measures }, [scope, ...earlier]);
  const [change] =
    compared === null ? [] : await rowsOf(scope, { measures, time: { ...scope.asked }, compare: compared.compare });
  const asked: Asked = {
    scope,
    earlier,
    of: (range, measure) => toNumber(cellOf(rows(range)[0], measure)),
    changed: (column) => toNumber(cellOf(change, column)),
    known: knownParts(scope),
  };
  const shares: Candidate[] = [];
  for (const one of followed) shares.push(...((await shareChange(asked, one)) ?? (await shareFinding(asked, one))));
  return [...shares, ...totalFinding(asked)];
}

interface Asked {
  readonly scope: BriefScope;
  readonly earlier: readonly Range[];
  readonly of: (range: Range, measure: MeasureId) => number | null;
  /** A comparison's column: `views`, `views__growth`. */
  readonly changed: (column: string) => number | null;
  readonly known: (stated: Stated, range: Range) => Promise<number>;
}

const cellOf = (row: Row | undefined, id: string) => {
  const cell = row?.[id] ?? null;
  return typeof cell === 'boolean' ? null : cell;
};

/** Each asked once. */
function knownParts(scope: BriefScope): Asked['known'] {
  const parts = new Map<string, Promise<number>>();
  const ask = async ({ dimensions, isKnown }: Stated, { from, to }: Range) => {
    const rows = await rowsOf(scope, { measures: ['views'], dimensions, time: { from, to } });
    const sum = (some: readonly Row[]) => some.reduce((total, { views }) => total + (toNumber(views) ?? 0), 0);
    return sum(rows) === 0 ? 0 : sum(rows.filter(isKnown)) / sum(rows);
  };
  return (stated, range) => {
    const key = JSON.stringify([stated.dimensions, range.from, range.to]);
    const part = parts.get(key) ?? ask(stated, range);
    parts.set(key, part);
    return part;
  };
}

/** Null if too little is known in one of the ranges. */
async function knownWords({ known }: Asked, of: Stated | undefined, ranges: readonly Range[]): Promise<Label | null> {
  if (of === undefined) return { en: '', zh: '' };
  const parts: number[] = [];
  for (const range of ranges) parts.push(await known(of, range));
  if (parts.some((part) => part < ENOUGH_KNOWN)) return null;
  const [now = 1] = parts;
  const told = (text: string) => (now >= NEARLY_ALL ? '' : text.replace('{known}', percent(now)));
  return { en: told(of.words.en), zh: told(of.words.zh) };
}

const record = (n: number, scope: BriefScope, en: string, zh: string): Label => {
  const last = lastPeriods(n, scope.grain, daysBetween(scope.from, scope.to) + 1);
  return { en: `, ${en} of ${last.en}`, zh: `，为${last.zh}${zh}` };
};
const NOTHING: Label = { en: '', zh: '' };

const valuesBefore = ({ of, earlier }: Asked, measure: MeasureId): number[] =>
  earlier.flatMap((range) => {
    const value = of(range, measure);
    return value !== null && value > 0 ? [value] : [];
  });

/** Null if it hardly moved, or nothing is compared. */
async function shareChange(asked: Asked, { measure, kind, change, of }: Followed): Promise<Candidate[] | null> {
  const { scope } = asked;
  const { compared } = scope;
  const [now, delta] = [asked.changed(measure), asked.changed(`${measure}__delta`)];
  if (change === undefined || compared === null || compared.widened || now === null || delta === null) return null;
  if (Math.abs(delta) < SHARE_MOVED) return null;
  const known = await knownWords(asked, of, [compared.current, compared.previous]);
  if (known === null) return null;
  const before = valuesBefore(asked, measure);
  const most = before.length > 1 && before.every((value) => now > value);
  const highest = most ? record(before.length + 1, scope, 'the highest', '最高') : NOTHING;
  const { words, lead } = change;
  return [
    {
      id: `${measure}:change`,
      kind,
      subject: measure,
      sentence: {
        en: `${words.en} ${delta > 0 ? 'rose' : 'fell'} by ${pointsEn(delta)} to ${percent(now)}${highest.en}${known.en}.`,
        zh: `${words.zh}${delta > 0 ? '升' : '降'}至 ${percent(now)}，${delta > 0 ? '提高' : '降低'} ${points(delta)} 个百分点${highest.zh}。${known.zh}`,
      },
      value: now,
      unit: MEASURE_CATALOG[measure].unit,
      query: comparedQuery(scope, compared, measure),
      size: now,
      surprise: surpriseOf(now, before.length > 0 ? before : [now - delta]) + (most ? rarity(1, before.length + 1) : 0),
      lead,
    },
  ];
}

const comparedQuery = (scope: BriefScope, { compare }: Compared, measure: MeasureId) =>
  postQuery(scope, { measures: [measure], time: { ...scope.asked }, compare });

async function shareFinding(asked: Asked, { measure, kind, words, of }: Followed): Promise<Candidate[]> {
  const { scope } = asked;
  const now = asked.of(scope, measure);
  const told = asked.earlier.filter((range) => (asked.of(range, measure) ?? 0) > 0);
  const lastYear = previousYear(scope).from;
  const base = told.find(({ from }) => from === lastYear) ?? told.at(-1);
  const then = base === undefined ? null : asked.of(base, measure);
  if (now === null || now <= 0 || base === undefined || then === null) return [];
  const known = await knownWords(asked, of, [scope, base]);
  if (known === null) return [];
  const before = valuesBefore(asked, measure);
  const most = before.every((value) => now > value);
  const highest = most ? record(before.length + 1, scope, 'the highest', '最高') : NOTHING;
  const baseWhen = when(base);
  const sentence = (language: keyof Label) =>
    words[language].replace('{share}', percent(now)).replace('{when}', scope.when[language]);
  return [
    {
      id: `${measure}:${base.from}`,
      kind,
      subject: measure,
      sentence: {
        en: `${sentence('en')}, ${now >= then ? 'up' : 'down'} from ${percent(then)} ${baseWhen.en}${highest.en}${known.en}.`,
        zh: `${sentence('zh')}，${baseWhen.zh}为 ${percent(then)}${highest.zh}。${known.zh}`,
      },
      value: now,
      unit: MEASURE_CATALOG[measure].unit,
      query: postQuery(scope, { measures: [measure], ...sinceBase(scope, base) }),
      size: kind === 'quality' ? Math.abs(Math.log(now / then)) : now,
      surprise: surpriseOf(now, before) + (most ? rarity(1, before.length + 1) : 0),
    },
  ];
}

/** Always if the brief leads with views, else only a record high or low. */
function totalFinding(asked: Asked): Candidate[] {
  const { scope, of, earlier } = asked;
  const { compared } = scope;
  const now = (compared === null ? null : asked.changed('views')) ?? scope.views;
  const before = earlier.flatMap((range) => of(range, 'views') ?? []);
  const [previous] = before;
  const [most, least] = [before.every((value) => now > value), before.every((value) => now < value)];
  const isRecord = previous !== undefined && previous > 0 && before.length >= 2 && (most || least);
  if (now <= 0 || !(isRecord || scope.leads)) return [];
  const extreme = isRecord
    ? record(before.length + 1, scope, most ? 'the most' : 'the fewest', most ? '最高' : '最低')
    : NOTHING;
  const base = earlier.at(-1);
  const query =
    compared !== null
      ? comparedQuery(scope, compared, 'views')
      : postQuery(scope, {
          measures: ['views'],
          ...(isRecord && !scope.leads && base ? sinceBase(scope, base) : { time: { ...scope.asked } }),
        });
  return [
    {
      id: 'total',
      kind: 'total',
      subject: 'total',
      sentence: scope.leads ? changeOfTotal(asked, now, extreme) : recordTotal(scope, now, previous ?? now, extreme),
      value: now,
      unit: 'views',
      query,
      // Its part of all compared ranges: a total has no larger whole.
      size: now / (now + before.reduce((sum, value) => sum + value, 0)),
      surprise: surpriseOf(now, before) + rarity(1, before.length + 1),
      ...(scope.leads ? { lead: 'total' as const } : {}),
    },
  ];
}

const BEFORE = {
  month: 'the month before',
  quarter: 'the quarter before',
  year: 'the year before',
};

function recordTotal({ when: told, grain }: BriefScope, now: number, previous: number, extreme: Label): Label {
  const change = now / previous - 1;
  const than = grain === null ? 'the period before' : BEFORE[grain];
  if (isTimes(change))
    return {
      en: `Views ${told.en} came to ${amount(now, 'en')}${extreme.en}, ${factor(change)} times those of ${than}.`,
      zh: `${told.zh}总播放量 ${amount(now, 'zh')}${extreme.zh}，是上期的 ${factor(change)} 倍。`,
    };
  return {
    en: `Views ${told.en} came to ${amount(now, 'en')}${extreme.en}, ${percent(Math.abs(change))} ${change >= 0 ? 'more' : 'fewer'} than ${than}.`,
    zh: `${told.zh}总播放量 ${amount(now, 'zh')}${extreme.zh}，环比${change >= 0 ? '增长' : '下降'} ${percent(Math.abs(change))}。`,
  };
}

function changeOfTotal({ scope, changed }: Asked, now: number, extreme: Label): Label {
  const { compared } = scope;
  const growth = changed('views__growth');
  const told = compared?.when ?? scope.when;
  const [en, zh] = [`Views ${told.en} came to ${amount(now, 'en')}`, `${told.zh}播放量 ${amount(now, 'zh')}`];
  if (compared === null || growth === null) return { en: `${en}${extreme.en}.`, zh: `${zh}${extreme.zh}。` };
  const { before } = compared;
  if (compared.widened)
    return {
      en: `${en}. More is tracked than ${before.en}, so the growth is not like for like: the notes say why.`,
      zh: `${zh}。统计范围与${before.zh}不同，增幅不可直接比较，原因见说明。`,
    };
  if (Math.abs(growth) < LEVEL)
    return {
      en: `${en}, level with those ${before.en}${extreme.en}.`,
      zh: `${zh}，与${before.zh}持平${extreme.zh}。`,
    };
  if (isTimes(growth))
    return {
      en: `${en}, ${factor(growth)} times those ${before.en}${extreme.en}.`,
      zh: `${zh}，是${before.zh}的 ${factor(growth)} 倍${extreme.zh}。`,
    };
  const by = percent(Math.abs(growth));
  return {
    en: `${en}, ${by} ${growth > 0 ? 'more' : 'fewer'} than ${before.en}${extreme.en}.`,
    zh: `${zh}，比${before.zh}${growth > 0 ? '增长' : '下降'} ${by}${extreme.zh}。`,
  };
}
