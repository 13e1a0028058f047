import { genresParams, type MoversAnswer, moversParams } from '../../../contract/analyses.ts';
import { concentrationParams } from '../../../contract/analyses-depth.ts';
import { type Label, UNKNOWN_MEMBER } from '../../../contract/query.ts';
import type { Range } from '../../language/calendar.ts';
import { toNumber } from '../../language/cells.ts';
import { Labels } from '../../language/labels.ts';
import { concentration } from '../concentration.ts';
import { genres } from '../genres.ts';
import { movers } from '../movers.ts';
import { type Candidate, getQuery, type Lead, surpriseOf } from './brief-finding.ts';
import { type BriefScope, type Compared, LOOKED_BACK } from './brief-scope.ts';
import {
  amount,
  capital,
  counted,
  factor,
  growthWords,
  inSentence,
  isTimes,
  multiple,
  percent,
  points,
  pointsEn,
  spaced,
  when,
  yearOf,
} from './brief-words.ts';

const LEAST_SHARE = 0.005;
const range = ({ from, to }: BriefScope) => ({ from, to });

export async function memberFindings(scope: BriefScope): Promise<Candidate[]> {
  return [
    ...(await opportunityFindings(scope)),
    ...(await moverFindings(scope)),
    ...(scope.historic && scope.earlier.length > 0 ? await concentrationFinding(scope) : []),
  ];
}

/** Share of views against share of series, compared with the other genres' ratio. */
async function opportunityFindings(scope: BriefScope): Promise<Candidate[]> {
  const asked = genresParams.parse({ ...range(scope), by: 'primary_genre' });
  const { rows } = await genres(scope.engine, { ...asked, filters: [...scope.filters] });
  const known = rows.filter(({ member }) => member !== UNKNOWN_MEMBER);
  // Of one genre alone both shares are the whole.
  if (rows.filter((row) => row.active_series > 0).length < 2) return [];
  const labels = await Labels.of(
    scope.engine,
    'primary_genre',
    known.map(({ member }) => member),
  );
  return known.flatMap((row): Candidate[] => {
    const { opportunity_index: index, demand_share: demand, supply_share: supply } = row;
    // Of few series an index says little.
    if (row.few_peers) return [];
    if (index === null || demand === null || supply === null || index <= 0 || supply < LEAST_SHARE) return [];
    const others = known.flatMap((other) =>
      other === row || other.opportunity_index === null ? [] : [other.opportunity_index],
    );
    const name = labels.of(row.member);
    return [
      {
        id: `opportunity:${row.member}`,
        kind: 'opportunity',
        subject: `genre:${row.member}`,
        sentence: {
          en: `${capital(name.en)} drew ${percent(demand)} of views ${scope.when.en} with ${percent(supply)} of the series: ${index >= 1 ? 'demand runs ahead of supply' : 'supply runs ahead of demand'} (index ${index.toFixed(2)}).`,
          zh: `${scope.when.zh}，${name.zh}题材以 ${percent(supply)} 的剧数获得 ${percent(demand)} 的播放量，${index >= 1 ? '需求领先供给' : '供给领先需求'}（机会指数 ${index.toFixed(2)}）。`,
        },
        value: index,
        unit: 'ratio',
        query: getQuery(scope, 'genres', { ...range(scope), by: 'primary_genre' }),
        size: Math.max(demand, supply),
        surprise: surpriseOf(index, others),
      },
    ];
  });
}

type By = 'format' | 'primary_genre' | 'producer';
type Mover = MoversAnswer['rows'][number];

interface Moved {
  readonly by: By;
  readonly rows: readonly Mover[];
  readonly labels: Labels;
}

async function moverFindings(scope: BriefScope): Promise<Candidate[]> {
  const { compared } = scope;
  if (compared?.widened) return [];
  const base = compared?.previous ?? scope.earlier[0];
  const told = compared !== null || (scope.historic && base !== undefined);
  if (!told) return [];
  const found: Candidate[] = [];
  for (const by of ['producer', 'primary_genre'] as const) {
    const moved = await movedBy(scope, by);
    if (compared !== null) found.push(...gainsFinding(scope, moved));
    if (scope.historic && base !== undefined) found.push(...rankFindingsOf(scope, by, moved, base));
  }
  if (compared !== null) found.push(...contributionFinding(scope, await movedBy(scope, 'format')));
  return found;
}

async function movedBy(scope: BriefScope, by: By): Promise<Moved> {
  const { asked, compared, engine, filters } = scope;
  const params = compared === null ? range(scope) : { ...asked, compare: parameterOf(compared) };
  const { rows } = await movers(engine, { ...moversParams.parse({ ...params, by }), filters: [...filters] });
  const labels = await Labels.of(
    engine,
    by,
    rows.map(({ member }) => member),
  );
  return { by, rows, labels };
}

/** The call of `movedBy`. */
function moversQuery(scope: BriefScope, by: By) {
  const { asked, compared } = scope;
  const params = compared === null ? range(scope) : { ...asked, compare: parameterOf(compared) };
  return getQuery(scope, 'growth/movers', { ...params, by, measure: 'views' });
}

const parameterOf = ({ compare }: Compared): string =>
  typeof compare === 'string' ? compare : JSON.stringify(compare);

const isMember = ({ member }: Mover): boolean => !member.startsWith('(');

/** Null if the member is new and has no growth. */
function most({ rows }: Moved, pick: (delta: number) => boolean): { row: Mover; delta: number; growth: number } | null {
  // Of one member alone the total has said it.
  if (rows.filter(({ value, previous }) => toNumber(value) || toNumber(previous)).length < 2) return null;
  const [first] = rows
    .flatMap((row) => {
      const delta = toNumber(row.delta);
      return isMember(row) && delta !== null && pick(delta) ? [{ row, delta }] : [];
    })
    .toSorted((a, b) => Math.abs(b.delta) - Math.abs(a.delta));
  return first === undefined || first.row.growth === null ? null : { ...first, growth: first.row.growth };
}

/** In the views of both ranges together. */
const sizeOf = (delta: number, { views }: BriefScope): number => (views === 0 ? 0 : Math.abs(delta) / views);

function contributionFinding(scope: BriefScope, moved: Moved): Candidate[] {
  const found = most(moved, (delta) => delta !== 0);
  const contribution = found?.row.contribution_pp ?? null;
  if (found === null || contribution === null) return [];
  const { row, delta, growth } = found;
  const name = moved.labels.of(row.member);
  const by = percent(Math.abs(growth));
  const up = isTimes(growth)
    ? { en: `${factor(growth)} times as many views`, zh: `播放量增至 ${factor(growth)} 倍` }
    : { en: `views up ${by}`, zh: `播放量增长 ${by}` };
  const part = points(contribution / 100);
  return [
    {
      id: `format:${row.member}`,
      kind: 'format',
      subject: `format:${row.member}`,
      sentence:
        delta > 0
          ? {
              en: `${capital(name.en)} added most to the total: ${up.en}, ${pointsEn(contribution / 100)} of the growth.`,
              zh: `${spaced(name.zh)}对总量拉动最大：${up.zh}，拉动 ${part} 个百分点。`,
            }
          : {
              en: `${capital(name.en)} took most off the total: views down ${by}, ${pointsEn(contribution / 100)} off the growth.`,
              zh: `${spaced(name.zh)}对总量拖累最大：播放量下降 ${by}，拉低 ${part} 个百分点。`,
            },
      value: contribution,
      unit: 'percentage_points',
      query: moversQuery(scope, 'format'),
      size: sizeOf(delta, scope),
      surprise: surpriseOf(1 + growth, ratiosBut(row, moved)),
      lead: 'format',
    },
  ];
}

const GAINS: { readonly [K in 'primary_genre' | 'producer']: { kind: Lead & ('genre' | 'producer'); all: Label } } = {
  primary_genre: { kind: 'genre', all: { en: 'genres', zh: '题材' } },
  producer: { kind: 'producer', all: { en: 'producers', zh: '承制方' } },
};

function gainsFinding(scope: BriefScope, moved: Moved): Candidate[] {
  if (moved.by === 'format') return [];
  const { kind, all } = GAINS[moved.by];
  const up = most(moved, (delta) => delta > 0);
  const down = moved.by === 'primary_genre' ? most(moved, (delta) => delta < 0) : null;
  const first = up ?? down;
  if (first === null) return [];
  const told = [up, down].flatMap((one) => (one === null ? [] : [gainWords(one, moved)]));
  const [one, other] = told;
  if (one === undefined) return [];
  const genre = moved.by === 'primary_genre';
  return [
    {
      id: `${kind}:most`,
      kind,
      subject: `${moved.by}:${first.row.member}`,
      sentence: {
        en: `${capital(one.name.en)} ${one.verb} most of all ${all.en}: ${one.by.en}${other ? `; ${inSentence(other.name.en)} ${other.verb} most: ${other.by.en}` : ''}.`,
        zh: genre
          ? `${spaced(one.name.zh)}题材${one.by.zh}${other ? `；${spaced(other.name.zh)}题材${other.by.zh}` : ''}。`
          : `${all.zh}中${spaced(one.name.zh)}${one.by.zh}。`,
      },
      value: first.delta,
      unit: 'views',
      query: moversQuery(scope, moved.by),
      size: sizeOf(first.delta, scope),
      surprise: surpriseOf(1 + first.growth, ratiosBut(first.row, moved)),
      lead: kind,
    },
  ];
}

function gainWords({ row, delta, growth }: { row: Mover; delta: number; growth: number }, { labels }: Moved) {
  const views = Math.abs(delta);
  const rose = delta > 0;
  const grown = growthWords(growth);
  return {
    name: labels.of(row.member),
    verb: rose ? 'gained' : 'lost',
    by: {
      en: `${amount(views, 'en')} ${rose ? 'more' : 'fewer'} views (${grown.en})`,
      zh: `${rose ? '增量最大，多出' : '减量最大，减少'} ${amount(views, 'zh')}（${grown.zh}）`,
    },
  };
}

function ratioOf(row: Mover): number | null {
  const [now, before] = [toNumber(row.value), toNumber(row.previous)];
  return now === null || before === null || now <= 0 || before <= 0 ? null : now / before;
}

const ratiosBut = (row: Mover, { rows }: Moved): number[] =>
  rows.flatMap((other) => (other === row || other.member === UNKNOWN_MEMBER ? [] : (ratioOf(other) ?? [])));

function rankFindingsOf(scope: BriefScope, by: 'producer' | 'primary_genre', moved: Moved, base: Range): Candidate[] {
  const known = moved.rows.filter(({ member }) => member !== UNKNOWN_MEMBER);
  return known.flatMap((row): Candidate[] => {
    const value = ratioOf(row);
    const views = toNumber(row.value) ?? 0;
    const size = views / scope.views;
    const change = row.rank_change ?? 0;
    if (value === null || size < LEAST_SHARE || change === 0) return [];
    const name = moved.labels.of(row.member);
    const times = multiple(value, base, yearOf(scope));
    return [
      {
        id: `${by}:${row.member}`,
        kind: by === 'producer' ? 'producer' : 'genre',
        subject: `${by}:${row.member}`,
        sentence: {
          en: `${capital(name.en)} ${change > 0 ? 'rose' : 'fell'} ${counted(Math.abs(change))} ${Math.abs(change) === 1 ? 'place' : 'places'} to number ${row.rank} ${by === 'producer' ? 'among producers' : 'among genres'} ${scope.when.en}, with ${amount(views, 'en')} views, ${times.en}.`,
          zh: `${scope.when.zh}，${by === 'producer' ? spaced(name.zh) : `${name.zh}题材`}排名${change > 0 ? '上升' : '下降'} ${Math.abs(change)} 位至第 ${row.rank}，播放量 ${amount(views, 'zh')}，${times.zh}。`,
        },
        value,
        unit: 'ratio',
        query: moversQuery(scope, by),
        size,
        surprise: surpriseOf(value, ratiosBut(row, moved)),
      },
    ];
  });
}

/** What the ten largest producers hold; calendar periods only, as the analysis is. */
async function concentrationFinding(scope: BriefScope): Promise<Candidate[]> {
  const { grain } = scope;
  const first = scope.earlier.slice(0, LOOKED_BACK).at(-1);
  if (grain === null || first === undefined) return [];
  const params = { from: first.from, to: scope.to, by: 'producer', grain };
  const asked = concentrationParams.parse(params);
  const { rows } = await concentration(scope.engine, { ...asked, filters: [...scope.filters] });
  const now = rows.find(({ period }) => period === scope.from);
  const before = rows.filter(({ period, partial }) => period < scope.from && !partial);
  const base = before[0];
  if (now === undefined || base === undefined || now.members <= 10) return [];
  const period = scope.earlier.find(({ from }) => from === base.period) ?? first;
  const baseWhen = when(period, yearOf(scope));
  return [
    {
      id: `concentration:producer:${base.period}`,
      kind: 'concentration',
      subject: 'producers',
      sentence: {
        en: `The ten largest producers drew ${percent(now.cr10)} of views ${scope.when.en}, ${now.cr10 >= base.cr10 ? 'up' : 'down'} from ${percent(base.cr10)} ${baseWhen.en}.`,
        zh: `${scope.when.zh}，前十承制方占播放量的 ${percent(now.cr10)}，${baseWhen.zh}为 ${percent(base.cr10)}。`,
      },
      value: now.cr10,
      unit: 'fraction',
      query: getQuery(scope, 'concentration', params),
      size: now.cr10,
      surprise: surpriseOf(
        now.cr10,
        before.map(({ cr10 }) => cr10),
      ),
    },
  ];
}
