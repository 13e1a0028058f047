import { z } from 'zod';
import {
  clubAnswer,
  clubParams,
  decompositionAnswer,
  decompositionParams,
  genresAnswer,
  genresParams,
  growthAnswer,
  growthParams,
  milestonesAnswer,
  milestonesParams,
  moversAnswer,
  moversParams,
  producersAnswer,
  producersParams,
  scopeSchema,
  seriesAnswer,
} from '../../contract/analyses.ts';
import {
  cohortsAnswer,
  cohortsParams,
  compareAnswer,
  concentrationAnswer,
  concentrationParams,
  curvesAnswer,
  curvesParams,
  decayAnswer,
  decayParams,
  genresCompareParams,
  producersCompareParams,
  qualityAnswer,
  qualityParams,
  retentionAnswer,
  retentionParams,
} from '../../contract/analyses-depth.ts';
import {
  anomaliesAnswer,
  anomaliesParams,
  briefAnswer,
  briefParams,
  forecastAnswer,
  forecastParams,
} from '../../contract/analyses-outlook.ts';
import { coverageAnswer, coverageParams } from '../../contract/coverage.ts';
import { type Operation, TABULAR_TYPES } from './operation.ts';

type Analysis = Required<Pick<Operation, 'path' | 'summary' | 'description' | 'params' | 'answer'>>;

/** Analyses that answer rows, in the order in which the docs list them. */
const TABLES: readonly Analysis[] = [
  {
    path: '/api/v1/club',
    summary: 'Billion club',
    description:
      'Series that cross the threshold in the range, when and how fast, counted per producer; beside it those that earned it within the range.',
    params: clubParams,
    answer: clubAnswer,
  },
  {
    path: '/api/v1/milestones',
    summary: 'Milestones',
    description: 'When series crossed thresholds of cumulative views, or of heat, to the hour where the log has hours.',
    params: milestonesParams,
    answer: milestonesAnswer,
  },
  {
    path: '/api/v1/growth',
    summary: 'Growth index',
    description: 'Values per period, indexed to a base period (base = 100).',
    params: growthParams,
    answer: growthAnswer,
  },
  {
    path: '/api/v1/growth/decomposition',
    summary: 'What the change is made of',
    description: 'Effect of supply and of intensity (LMDI), and by activity: new, entered, returning, lost.',
    params: decompositionParams,
    answer: decompositionAnswer,
  },
  {
    path: '/api/v1/growth/movers',
    summary: 'Movers',
    description: 'Change, growth, contribution and rank change per member.',
    params: moversParams,
    answer: moversAnswer,
  },
  {
    path: '/api/v1/genres',
    summary: 'Supply and demand',
    description: 'Shares of series and of views per primary genre or format, and their ratio.',
    params: genresParams,
    answer: genresAnswer,
  },
  {
    path: '/api/v1/producers',
    summary: 'Producer league',
    description: 'Views, share, growth, club members and hit rate with its Wilson interval.',
    params: producersParams,
    answer: producersAnswer,
  },
  {
    path: '/api/v1/producers/compare',
    summary: 'Producers side by side',
    description:
      'Two to six producers (ids), first or every credited: figures, five-number summary of views per series, hit rate; beside the rows their genre mix and their index over time.',
    params: producersCompareParams,
    answer: compareAnswer,
  },
  {
    path: '/api/v1/genres/compare',
    summary: 'Genres side by side',
    description:
      'Two to six primary genres, genres (every tag) or formats (ids): the same figures, with their mix of producers.',
    params: genresCompareParams,
    answer: compareAnswer,
  },
  {
    path: '/api/v1/concentration',
    summary: 'Concentration',
    description: 'HHI, CR4, CR10 and Gini of view shares over the members of a dimension, per period.',
    params: concentrationParams,
    answer: concentrationAnswer,
  },
  {
    path: '/api/v1/cohorts',
    summary: 'Release cohorts',
    description: 'Views per series in each week since release, by release month, and as a part of week 0.',
    params: cohortsParams,
    answer: cohortsAnswer,
  },
  {
    path: '/api/v1/retention',
    summary: 'Episode retention',
    description:
      'Views of each episode over episode 1 and over the one before, of one series or pooled; the largest drop and the paywall marked.',
    params: retentionParams,
    answer: retentionAnswer,
  },
  {
    path: '/api/v1/coverage',
    summary: 'Coverage by source and day',
    description:
      'Which days each source states, which are estimated and which are missing between two that are there; beside the rows a summary per source.',
    params: coverageParams,
    answer: coverageAnswer,
  },
  {
    path: '/api/v1/curves',
    summary: 'Curves by age',
    description:
      'Views by day since release (release day = 0): of named series, or median and quartiles of groups over the series old enough.',
    params: curvesParams,
    answer: curvesAnswer,
  },
  {
    path: '/api/v1/decay',
    summary: 'Decay',
    description: 'Peak of the trailing mean of daily views and the days until it has halved.',
    params: decayParams,
    answer: decayAnswer,
  },
  {
    path: '/api/v1/quality',
    summary: 'Quality against traffic',
    description: 'Places by views and by completion or engagement rate within the format, and the quadrant they make.',
    params: qualityParams,
    answer: qualityAnswer,
  },
  {
    path: '/api/v1/forecast',
    summary: 'Forecast of a series',
    description:
      'Daily views ahead with 80 and 95 % intervals, the date of the next milestone, and the backtest of the method on this series.',
    params: forecastParams,
    answer: forecastAnswer,
  },
  {
    path: '/api/v1/anomalies',
    summary: 'Days that stand out',
    description:
      'Spikes and drops against the level expected by decay, weekday and holidays (robust z of at least 4), and gaps in what sources state.',
    params: anomaliesParams,
    answer: anomaliesAnswer,
  },
  {
    path: '/api/v1/brief',
    summary: 'The conference brief',
    description:
      'Findings of a month as sentences in both languages, ranked by size and surprise; each with the call that gives its number again.',
    params: briefParams,
    answer: briefAnswer,
  },
];

/** `?download=name` makes any of them a file. */
const downloadable = z.object({ download: z.string().optional() });

/** Every analysis; those with rows in any format. */
export const ANALYSIS_OPERATIONS: readonly Operation[] = [
  ...TABLES.map(
    (table): Operation => ({
      ...table,
      method: 'get',
      tag: 'Analyses',
      params: table.params.extend(downloadable.shape),
      types: TABULAR_TYPES,
    }),
  ),
  {
    method: 'get',
    path: '/api/v1/series/{id}',
    tag: 'Analyses',
    summary: 'One series',
    description:
      'Catalogue row, totals, milestones, shares by platform and region, peers, daily curve. Formats other than JSON carry the days (`daily`), with the series beside each. An id `.` or `..`, which no path can hold, is written behind a tilde, `~..`; one of tildes and such dots behind one more.',
    params: scopeSchema.extend(downloadable.shape),
    answer: seriesAnswer,
    types: TABULAR_TYPES,
  },
];
