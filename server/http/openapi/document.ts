import { z } from 'zod';
import { catalogSchema, membersSchema } from '../../contract/catalog.ts';
import { storageSchema } from '../../contract/coverage.ts';
import {
  acrossSchema,
  dryRunSchema,
  fileKindSchema,
  headerRowSchema,
  importRequestSchema,
  importSchema,
  importsSchema,
  uploadSchema,
} from '../../contract/imports.ts';
import { outdatedImportsSchema, rereadRequestSchema, rereadTrialSchema } from '../../contract/outdated.ts';
import { PROBLEM_STATUS, problemSchema } from '../../contract/problem.ts';
import { profileBodySchema, profileSchema, profilesSchema } from '../../contract/profiles.ts';
import { answerSchema, batchSchema, querySchema } from '../../contract/query.ts';
import { ALIAS_OPERATIONS } from './aliases.ts';
import { ANALYSIS_OPERATIONS } from './analyses.ts';
import { type Operation, queryParameters, TABULAR_TYPES } from './operation.ts';

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
    description:
      'Type-ahead by id, by name in either language, or by the pinyin of a Chinese name (whole, `tinghuadao`, or its initials, `thd`); ranked by views. `ids` (repeatable) names these members only.',
    params: z.object({
      search: z.string().optional(),
      limit: z.number().int().optional(),
      ids: z.array(z.string()).optional(),
      download: z.string().optional(),
    }),
    answer: membersSchema,
    types: TABULAR_TYPES,
  },
  {
    method: 'post',
    path: '/api/v1/query',
    tag: 'Query',
    summary: 'Ask for measures over dimensions',
    description:
      'Measures grouped by dimensions, in time, filtered, compared, ranked. Accept picks the format; all carry the same rows.',
    params: z.object({ download: z.string().optional() }),
    body: querySchema,
    answer: answerSchema,
    types: TABULAR_TYPES,
  },
  {
    method: 'get',
    path: '/api/v1/query',
    tag: 'Query',
    summary: 'The same as a link',
    description: 'q is the JSON of POST /query. Cacheable: the ETag follows the data version.',
    params: z.object({ q: z.string(), download: z.string().optional() }),
    answer: answerSchema,
    types: TABULAR_TYPES,
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
  ...ANALYSIS_OPERATIONS,
  {
    method: 'post',
    path: '/api/v1/uploads',
    tag: 'Imports',
    summary: 'Upload a file',
    description:
      'The raw body, streamed to disk. Answers what was detected and what is proposed; a saved profile whose header matches goes before guesses (profile names one, empty for none). encoding, delimiter, sheet, header_row (the line or row of the column names, 0 for none) and across (what is across in a wide table: time, platform, series, tables, or none) say how to read the file where that is known.',
    params: z.object({
      filename: z.string(),
      encoding: z.string().optional(),
      delimiter: z.string().optional(),
      sheet: z.string().optional(),
      header_row: headerRowSchema.optional(),
      across: acrossSchema.optional(),
      profile: z.string().optional(),
    }),
    answer: uploadSchema,
    status: 201,
  },
  {
    method: 'get',
    path: '/api/v1/uploads/{id}',
    tag: 'Imports',
    summary: 'A waiting upload, read again',
    description:
      'In another encoding, delimiter, sheet or layout (across), from another header row, or by another profile (empty for none), without sending it again; or judged for another mapping (JSON, as POST /imports takes it) or kind. An import of it then takes what is answered here, unless it says otherwise.',
    params: z.object({
      encoding: z.string().optional(),
      delimiter: z.string().optional(),
      sheet: z.string().optional(),
      header_row: headerRowSchema.optional(),
      across: acrossSchema.optional(),
      profile: z.string().optional(),
      kind: fileKindSchema.optional(),
      mapping: z.string().optional(),
    }),
    answer: uploadSchema,
  },
  {
    method: 'post',
    path: '/api/v1/imports',
    tag: 'Imports',
    summary: 'Import an upload, or try it',
    description:
      'Without mapping and options confirms what was proposed. dry_run answers counts and writes nothing. The same bytes again: 409 duplicate_import unless force=true. What is proposed is judged for the mapping that is given; `map` gives single fields over the proposed one, and leaves the others as they were proposed, unconfirmed. A question that decides a total and that nobody answers (views_are, across, the column of views, decimal_mark, a missing day) is 422 unconfirmed, errors[].path naming the option; a dry run warns of it. Other doubts are taken as proposed, with the warning `unconfirmed`; with unconfirmed=refuse they are refused, too. What is accepted outlives a restart of the server.',
    params: z.object({
      force: z.enum(['true', 'false']).optional(),
      unconfirmed: z.enum(['take', 'refuse']).optional(),
    }),
    body: importRequestSchema,
    answer: z.union([z.object({ import_id: z.string() }), dryRunSchema]),
    status: 202,
  },
  {
    method: 'get',
    path: '/api/v1/imports',
    tag: 'Imports',
    summary: 'Import history',
    description:
      'Newest first. With outdated=true only committed imports that today’s rules would read differently, each with `outdated` (what differs, an example before and after, how many rows or series) and `file_kept` (whether the server still has the file, in `done/` of the watched folder). It is told from the rows that are kept: POST /imports/{id}/reread with dry_run tells the rest.',
    params: z.object({ outdated: z.enum(['true', 'false']).optional() }),
    answer: z.union([importsSchema, outdatedImportsSchema]),
  },
  {
    method: 'post',
    path: '/api/v1/imports/{id}/reread',
    tag: 'Imports',
    summary: 'Read the file of an import again',
    description:
      'As it was confirmed and by today’s rules, in that import’s place, in one transaction: the import before is undone when the new one is committed, and stays if that fails. Views are what their values say, if the import is outdated in that. Without upload_id the server must still have the file (409 file_not_kept); an upload must hold the same bytes (422 other_file). dry_run answers what would change and writes nothing. A file that is outdated is no duplicate for POST /imports either: it then takes the same place.',
    body: rereadRequestSchema,
    answer: z.union([importSchema, rereadTrialSchema]),
    status: 202,
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
    description:
      'Line, column, value, reason and the raw line. With `format=lines` the header and the rejected lines as they stood, in the delimiter of the file: mended and uploaded under the same file name they are proposed with the source, mapping and options of their import. At most 100,000 rejects are kept; of an import that failed for them the first 500; `X-Rejects-Left-Out` says how many are not in the answer. `format=first` answers the first ten as JSON, `{rows: [{line, column, value, reason}]}`.',
    params: z.object({ format: z.enum(['table', 'lines', 'first']).optional() }),
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
    path: '/api/v1/profiles',
    tag: 'Imports',
    summary: 'Saved mappings',
    description: 'Latest changed first. A new file whose columns are those of a profile is proposed by it.',
    answer: profilesSchema,
  },
  {
    method: 'get',
    path: '/api/v1/profiles/{name}',
    tag: 'Imports',
    summary: 'One saved mapping',
    description:
      'Its header, kind, mapping and options; its name is the source of what is imported by it. A name `.` or `..` is written behind a tilde, `~..`, as an id of a series.',
    answer: profileSchema,
  },
  {
    method: 'put',
    path: '/api/v1/profiles/{name}',
    tag: 'Imports',
    summary: 'Save a mapping',
    description: 'Over what was there. POST /imports with save_profile does the same once the import is committed.',
    body: profileBodySchema,
    answer: profileSchema,
  },
  {
    method: 'delete',
    path: '/api/v1/profiles/{name}',
    tag: 'Imports',
    summary: 'Forget a mapping',
    description: 'What was imported by it stays, under the same source.',
    status: 204,
  },
  {
    method: 'get',
    path: '/api/v1/storage',
    tag: 'Service',
    summary: 'Room that the data take',
    description: 'Bytes of the database and of waiting uploads, free disk, rows per table.',
    answer: storageSchema,
  },
  ...ALIAS_OPERATIONS,
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
  {
    method: 'get',
    path: '/api/v1/openapi.json',
    tag: 'Service',
    summary: 'This document',
    description: 'OpenAPI 3.1, made from the schemas that requests and answers are held against.',
  },
  {
    method: 'get',
    path: '/api/docs',
    tag: 'Service',
    summary: 'This document as a page',
    description: 'Every call with its parameters and schemas, and the codes of problems.',
    types: ['text/html'],
  },
];

/** Asked for only if the server has a token (DRAMASCOPE_TOKEN): by a program in each request, by a page once. */
const SECURITY_SCHEMES = {
  token: { type: 'http', scheme: 'bearer', description: 'What DRAMASCOPE_TOKEN is set to.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'dramascope_*',
    description: 'The cookie that signing in at /sign-in sets; its name differs from server to server.',
  },
};

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
      description:
        'Analytics of micro-drama viewership. Errors are RFC 9457 problem+json with a stable code. A server that has a token answers 401 `unauthorized` without it; one that is asked under a name it does not have 403 `host_not_allowed`; a page of another site that would change something 403 `origin_not_allowed`; another method than those listed 405 with Allow.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    // One of them, or none if the server has no token.
    security: [{ token: [] }, { session: [] }, {}],
    components: { schemas: { Problem: schemaOf(problemSchema) }, securitySchemes: SECURITY_SCHEMES },
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
  const asked = Object.entries(queryParameters(operation)).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: schemaOf(schema),
  }));
  const content = Object.fromEntries(
    types.map((type) => [type, type === 'application/json' && answer ? { schema: schemaOf(answer) } : {}]),
  );
  return {
    tags: [tag],
    summary,
    description,
    parameters: [...named, ...asked],
    ...(operation.path.startsWith('/api/') ? {} : { security: [] }),
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
