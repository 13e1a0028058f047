import { genresParams, moversParams } from '../../../contract/analyses.ts';
import { concentrationParams } from '../../../contract/analyses-depth.ts';
import { UNKNOWN_MEMBER } from '../../../contract/query.ts';
import { toNumber } from '../../language/cells.ts';
import { Labels } from '../../language/labels.ts';
import { concentration } from '../concentration.ts';
import { genres } from '../genres.ts';
import { movers } from '../movers.ts';
import { type Candidate, getQuery, surpriseOf } from './brief-finding.ts';
import { type BriefScope, backTo, MONTHS_BACK } from './brief-scope.ts';
import { amount, counted, monthName, multiple, percent } from './brief-words.ts';

const LEAST_SHARE = 0.005;
const range = ({ from, to }: BriefScope) => ({ from, to });

/** Where demand outgrows supply, who moved up or down, and how concentrated the producers are. */
export async function memberFindings(scope: BriefScope): Promise<Candidate[]> {
  return [
    ...(await opportunityFindings(scope)),
    ...(scope.whole && scope.earlier.length > 0
      ? [
          ...(await moverFindings(scope, 'producer')),
          ...(await moverFindings(scope, 'primary_genre')),
          ...(await concentrationFinding(scope)),
        ]
      : []),
  ];
}

/** Genres whose share of views is far from their share of series, against the other genres' ratio. */
async function opportunityFindings(scope: BriefScope): Promise<Candidate[]> {
  const asked = genresParams.parse({ ...range(scope), by: 'primary_genre' });
  const { rows } = await genres(scope.engine, { ...asked, filters: [...scope.filters] });
  const known = rows.filter(({ member }) => member !== UNKNOWN_MEMBER);
  const labels = await Labels.of(
    scope.engine,
    'primary_genre',
    known.map(({ member }) => member),
  );
  const month = monthName(scope.from);
  return known.flatMap((row): Candidate[] => {
    const { opportunity_index: index, demand_share: demand, supply_share: supply } = row;
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
          en: `${name.en} drew ${percent(demand)} of views in ${month.en} with ${percent(supply)} of the series: ${index >= 1 ? 'demand runs ahead of supply' : 'supply runs ahead of demand'} (index ${index.toFixed(2)}).`,
          zh: `${month.zh}，${name.zh}题材以 ${percent(supply)} 的剧数获得 ${percent(demand)} 的播放量，${index >= 1 ? '需求领先供给' : '供给领先需求'}（机会指数 ${index.toFixed(2)}）。`,
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

/** Members that grew or shrank unlike the others, with their change of rank. */
async function moverFindings(scope: BriefScope, by: 'producer' | 'primary_genre'): Promise<Candidate[]> {
  const asked = moversParams.parse({ ...range(scope), by });
  const { rows } = await movers(scope.engine, { ...asked, filters: [...scope.filters] });
  const known = rows.filter(({ member }) => member !== UNKNOWN_MEMBER);
  const ratioOf = (row: (typeof rows)[number]) => {
    const [now, before] = [toNumber(row.value), toNumber(row.previous)];
    return now === null || before === null || now <= 0 || before <= 0 ? null : now / before;
  };
  const ratios = known.map(ratioOf);
  const labels = await Labels.of(
    scope.engine,
    by,
    known.map(({ member }) => member),
  );
  const [month, base] = [monthName(scope.from), monthName(scope.earlier[0] ?? scope.from, scope.from.slice(0, 4))];
  return known.flatMap((row, i): Candidate[] => {
    const value = ratios[i] ?? null;
    const views = toNumber(row.value) ?? 0;
    const size = views / scope.views;
    const change = row.rank_change ?? 0;
    if (value === null || size < LEAST_SHARE || change === 0) return [];
    const name = labels.of(row.member);
    const others = ratios.flatMap((ratio, j) => (ratio === null || j === i ? [] : [ratio]));
    const times = multiple(value, base);
    return [
      {
        id: `${by}:${row.member}`,
        kind: by === 'producer' ? 'producer' : 'genre',
        subject: `${by}:${row.member}`,
        sentence: {
          en: `${name.en} ${change > 0 ? 'rose' : 'fell'} ${counted(Math.abs(change))} ${Math.abs(change) === 1 ? 'place' : 'places'} to number ${row.rank} ${by === 'producer' ? 'among producers' : 'among genres'} in ${month.en}, with ${amount(views, 'en')} views, ${times.en}.`,
          zh: `${month.zh}，${name.zh}${by === 'producer' ? '' : '题材'}排名${change > 0 ? '上升' : '下降'} ${Math.abs(change)} 位至第 ${row.rank}，播放量 ${amount(views, 'zh')}，${times.zh}。`,
        },
        value,
        unit: 'ratio',
        query: getQuery(scope, 'growth/movers', { ...range(scope), by, measure: 'views' }),
        size,
        surprise: surpriseOf(value, others),
      },
    ];
  });
}

/** What the ten largest producers hold, against the months before. */
async function concentrationFinding(scope: BriefScope): Promise<Candidate[]> {
  const params = { from: backTo(scope, MONTHS_BACK), to: scope.to, by: 'producer', grain: 'month' };
  const asked = concentrationParams.parse(params);
  const { rows } = await concentration(scope.engine, { ...asked, filters: [...scope.filters] });
  const now = rows.find(({ period }) => period === scope.from);
  const before = rows.filter(({ period, partial }) => period < scope.from && !partial);
  const base = before[0];
  if (now === undefined || base === undefined || now.members <= 10) return [];
  const [month, baseMonth] = [monthName(scope.from), monthName(base.period, scope.from.slice(0, 4))];
  return [
    {
      id: `concentration:producer:${base.period}`,
      kind: 'concentration',
      subject: 'producers',
      sentence: {
        en: `The ten largest producers drew ${percent(now.cr10)} of views in ${month.en}, ${now.cr10 >= base.cr10 ? 'up' : 'down'} from ${percent(base.cr10)} in ${baseMonth.en}.`,
        zh: `${month.zh}，前十承制方占播放量的 ${percent(now.cr10)}，${baseMonth.zh}为 ${percent(base.cr10)}。`,
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
