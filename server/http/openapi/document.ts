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
import { catalogSchema, membersSchema } from '../../contract/catalog.ts';
import {
  dryRunSchema,
  importRequestSchema,
  importSchema,
  importsSchema,
  uploadSchema,
} from '../../contract/imports.ts';
import { PROBLEM_STATUS, problemSchema } from '../../contract/problem.ts';
import { answerSchema, batchSchema, querySchema } from '../../contract/query.ts';

/** One call of the API, as the document and the docs page list it. */
export interface Operation {
  readonly method: 'get' | 'post' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly tag: 'Query' | 'Analyses' | 'Imports' | 'Service';
  /** Query-string parameters. */
  readonly params?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer?: z.ZodType;
  readonly status?: number;
  readonly types?: readonly string[];
}

const TABULAR = ['application/json', 'application/vnd.apache.arrow.stream', 'text/csv'];
const importId = 'The import_id that POST /imports answered.';

/** Every call, in the order in which the docs list them. */
export const OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/catalog',
    tag: 'Query',
    summary: 'Measures, dimensions and the dataset',
    description:
      'Every measure and dimension with its definition in both languages, and whether this data can answer it.',
    answer: catalogSchema,
  },
  {
    method: 'get',
    path: '/api/v1/members/{dimension}',
    tag: 'Query',
    summary: 'Members of a dimension',
    description: 'Type-ahead by id or name in either language, ranked by views.',
    params: z.object({ search: z.string().optional(), limit: z.number().int().optional() }),
    answer: membersSchema,
  },
  {
    method: 'post',
    path: '/api/v1/query',
    tag: 'Query',
    summary: 'Ask for measures over dimensions',
    description:
      'Measures grouped by dimensions, in time, filtered, compared, ranked. Accept picks the format; all carry the same rows.',
    body: querySchema,
    answer: answerSchema,
    types: TABULAR,
  },
  {
    method: 'get',
    path: '/api/v1/query',
    tag: 'Query',
    summary: 'The same as a link',
    description: 'q is the JSON of POST /query. Cacheable: the ETag follows the data version.',
    params: z.object({ q: z.string(), download: z.string().optional() }),
    answer: answerSchema,
    types: TABULAR,
  },
  {
    method: 'post',
    path: '/api/v1/query/batch',
    tag: 'Query',
    summary: 'All questions of a page at once',
    description: 'Named queries, answered from one version of the data; each answer or its problem.',
    body: batchSchema,
    answer: z.object({ results: z.record(z.string(), z.union([answerSchema, problemSchema])) }),
  },
  {
    method: 'get',
    path: '/api/v1/club',
    tag: 'Analyses',
    summary: 'Billion club',
    description:
      'Series that cross the threshold in the range, when and how fast, counted per producer; beside it those that earned it within the range.',
    params: clubParams,
    answer: clubAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/milestones',
    tag: 'Analyses',
    summary: 'Milestones',
    description: 'When series crossed thresholds of cumulative views, or of heat, to the hour where the log has hours.',
    params: milestonesParams,
    answer: milestonesAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/growth',
    tag: 'Analyses',
    summary: 'Growth index',
    description: 'Values per period, indexed to a base period (base = 100).',
    params: growthParams,
    answer: growthAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/growth/decomposition',
    tag: 'Analyses',
    summary: 'What the change is made of',
    description: 'Effect of supply and of intensity (LMDI), and by activity: new, entered, returning, lost.',
    params: decompositionParams,
    answer: decompositionAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/growth/movers',
    tag: 'Analyses',
    summary: 'Movers',
    description: 'Change, growth, contribution and rank change per member.',
    params: moversParams,
    answer: moversAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/genres',
    tag: 'Analyses',
    summary: 'Supply and demand',
    description: 'Shares of series and of views per primary genre or format, and their ratio.',
    params: genresParams,
    answer: genresAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/producers',
    tag: 'Analyses',
    summary: 'Producer league',
    description: 'Views, share, growth, club members and hit rate with its Wilson interval.',
    params: producersParams,
    answer: producersAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/producers/compare',
    tag: 'Analyses',
    summary: 'Producers side by side',
    description:
      'Two to six producers (ids): figures, five-number summary of views per series, hit rate; beside the rows their genre mix and their index over time.',
    params: producersCompareParams,
    answer: compareAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/genres/compare',
    tag: 'Analyses',
    summary: 'Genres side by side',
    description: 'Two to six primary genres or formats (ids): the same figures, with their mix of producers.',
    params: genresCompareParams,
    answer: compareAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/concentration',
    tag: 'Analyses',
    summary: 'Concentration',
    description: 'HHI, CR4, CR10 and Gini of view shares over the members of a dimension, per period.',
    params: concentrationParams,
    answer: concentrationAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/cohorts',
    tag: 'Analyses',
    summary: 'Release cohorts',
    description: 'Views per series in each week since release, by release month, and as a part of week 0.',
    params: cohortsParams,
    answer: cohortsAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/retention',
    tag: 'Analyses',
    summary: 'Episode retention',
    description:
      'Views of each episode over episode 1 and over the one before, of one series or pooled; the largest drop and the paywall marked.',
    params: retentionParams,
    answer: retentionAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/curves',
    tag: 'Analyses',
    summary: 'Curves by age',
    description:
      'Views by day since release (release day = 0): of named series, or median and quartiles of groups over the series old enough.',
    params: curvesParams,
    answer: curvesAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/decay',
    tag: 'Analyses',
    summary: 'Decay',
    description: 'Peak of the trailing mean of daily views and the days until it has halved.',
    params: decayParams,
    answer: decayAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/quality',
    tag: 'Analyses',
    summary: 'Quality against traffic',
    description: 'Places by views and by completion or engagement rate within the format, and the quadrant they make.',
    params: qualityParams,
    answer: qualityAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/forecast',
    tag: 'Analyses',
    summary: 'Forecast of a series',
    description:
      'Daily views ahead with 80 and 95 % intervals, the date of the next milestone, and the backtest of the method on this series.',
    params: forecastParams,
    answer: forecastAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/anomalies',
    tag: 'Analyses',
    summary: 'Days that stand out',
    description:
      'Spikes and drops against the level expected by decay, weekday and holidays (robust z of at least 4), and gaps in what sources state.',
    params: anomaliesParams,
    answer: anomaliesAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/brief',
    tag: 'Analyses',
    summary: 'The conference brief',
    description:
      'Findings of a month as sentences in both languages, ranked by size and surprise; each with the call that gives its number again.',
    params: briefParams,
    answer: briefAnswer,
  },
  {
    method: 'get',
    path: '/api/v1/series/{id}',
    tag: 'Analyses',
    summary: 'One series',
    description: 'Catalogue row, totals, milestones, shares by platform and region, peers, daily curve.',
    params: scopeSchema,
    answer: seriesAnswer,
  },
  {
    method: 'post',
    path: '/api/v1/uploads',
    tag: 'Imports',
    summary: 'Upload a file',
    description: 'The raw body, streamed to disk. Answers what was detected and what is proposed.',
    params: z.object({ filename: z.string() }),
    answer: uploadSchema,
    status: 201,
  },
  {
    method: 'post',
    path: '/api/v1/imports',
    tag: 'Imports',
    summary: 'Import an upload, or try it',
    description:
      'Without mapping and options confirms what was proposed. dry_run answers counts and writes nothing. The same bytes again: 409 duplicate_import unless force=true.',
    params: z.object({ force: z.boolean().optional() }),
    body: importRequestSchema,
    answer: z.union([z.object({ import_id: z.string() }), dryRunSchema]),
    status: 202,
  },
  {
    method: 'get',
    path: '/api/v1/imports',
    tag: 'Imports',
    summary: 'Import history',
    description: 'Newest first.',
    answer: importsSchema,
  },
  {
    method: 'get',
    path: '/api/v1/imports/{id}',
    tag: 'Imports',
    summary: 'One import',
    description: importId,
    answer: importSchema,
  },
  {
    method: 'get',
    path: '/api/v1/imports/{id}/events',
    tag: 'Imports',
    summary: 'Progress as server-sent events',
    description: importId,
    types: ['text/event-stream'],
  },
  {
    method: 'get',
    path: '/api/v1/imports/{id}/rejects',
    tag: 'Imports',
    summary: 'Rejected rows as CSV',
    description: 'Line, column, value, reason and the raw line.',
    types: ['text/csv'],
  },
  {
    method: 'delete',
    path: '/api/v1/imports/{id}',
    tag: 'Imports',
    summary: 'Cancel or undo an import',
    description: 'Cancels a running one; undoes a committed one, wholly.',
    answer: importSchema,
  },
  {
    method: 'delete',
    path: '/api/v1/imports',
    tag: 'Imports',
    summary: 'Remove the synthetic demo data',
    description: 'Undoes every import of generated files in one transaction.',
    params: z.object({ synthetic: z.literal('true') }),
  },
  {
    method: 'get',
    path: '/healthz',
    tag: 'Service',
    summary: 'Is the process alive',
    description: 'Always 200 while it is.',
  },
  {
    method: 'get',
    path: '/readyz',
    tag: 'Service',
    summary: 'Is it ready',
    description: '200 once the demo, if wanted, is committed; 503 before.',
  },
];

/** The OpenAPI 3.1 document, made from the contract's own schemas. */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Dramascope',
      version: '1',
      description: 'Analytics of micro-drama viewership. Errors are RFC 9457 problem+json with a stable code.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: { Problem: schemaOf(problemSchema) } },
    'x-problem-codes': PROBLEM_STATUS,
  };
}

/** JSON Schema of what a client sends; transforms are seen from their input side. */
const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

function describe(operation: Operation) {
  const { summary, description, tag, body, answer, status = 200, types = ['application/json'] } = operation;
  const named = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const asked = Object.entries(operation.params?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: schemaOf(z.custom<z.ZodType>().parse(schema)),
  }));
  const content = Object.fromEntries(
    types.map((type) => [type, type === 'application/json' && answer ? { schema: schemaOf(answer) } : {}]),
  );
  return {
    tags: [tag],
    summary,
    description,
    parameters: [...named, ...asked],
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } } } : {}),
    responses: {
      [status]: { description: 'Success', ...(answer || operation.types ? { content } : {}) },
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}
