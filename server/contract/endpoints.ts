import { z } from 'zod';
import {
  aliasesParams,
  aliasesSchema,
  aliasPreviewSchema,
  aliasRequestSchema,
  aliasSchema,
  dismissalSchema,
  dismissedPairParams,
  dismissedPairsSchema,
  dismissedParams,
  suggestionsParams,
  suggestionsSchema,
} from './aliases.ts';
import { ANALYSES_OF_TOTALS } from './analyses.ts';
import { ANALYSES_IN_DEPTH } from './analyses-depth.ts';
import { ANALYSES_OF_OUTLOOK } from './analyses-outlook.ts';
import { catalogSchema, foundParams, foundSchema, membersParams, membersSchema } from './catalog.ts';
import { ANALYSES_OF_COVERAGE, storageSchema } from './coverage.ts';
import { CONTENT, type Endpoint, TABULAR_TYPES } from './endpoint.ts';
import {
  briefDeckParams,
  FIGURE_TYPE,
  FIGURE_TYPES,
  figurePageParams,
  figureParams,
  figuresSchema,
} from './figures.ts';
import {
  importsParams,
  readUploadParams,
  rejectsParams,
  removeDemoParams,
  startParams,
  uploadParams,
} from './import-params.ts';
import {
  acrossSchema,
  dryRunSchema,
  fileKindSchema,
  headerRowSchema,
  importRequestSchema,
  importSchema,
  importsSchema,
  uploadSchema,
} from './imports.ts';
import { outdatedImportsSchema, rereadRequestSchema, rereadTrialSchema } from './outdated.ts';
import { json } from './params.ts';
import { problemSchema } from './problem.ts';
import { profileBodySchema, profileSchema, profilesSchema } from './profiles.ts';
import { answerSchema, batchSchema, dateSchema, dimensionIdSchema, querySchema } from './query.ts';

export const ANALYSES = {
  ...ANALYSES_OF_TOTALS,
  ...ANALYSES_IN_DEPTH,
  ...ANALYSES_OF_COVERAGE,
  ...ANALYSES_OF_OUTLOOK,
};
export type AnalysisId = keyof typeof ANALYSES;
export type AnalysisParams<K extends AnalysisId> = z.output<(typeof ANALYSES)[K]['params']>;
export type AnalysisAnswer<K extends AnalysisId> = z.output<(typeof ANALYSES)[K]['answer']>;

const documentedReading = {
  encoding: z.string().optional(),
  delimiter: z.string().optional(),
  sheet: z.string().optional(),
  header_row: headerRowSchema.optional(),
  across: acrossSchema.optional(),
  profile: z.string().optional(),
};

const importId = 'The import_id that POST /imports answered.';

/** Every call, in the order of the docs. Routes, OpenAPI, parameter check and the page's client derive from it. */
export const ENDPOINTS = {
  catalog: {
    method: 'get',
    path: '/api/v1/catalog',
    tag: 'Query',
    summary: 'Measures, dimensions and the dataset',
    description:
      'Every measure and dimension with its definition in both languages, and whether this data can answer it.',
    answer: catalogSchema,
  },
  members: {
    method: 'get',
    path: '/api/v1/members/{dimension}',
    tag: 'Query',
    summary: 'Members of a dimension',
    description:
      'Type-ahead by id, by name in either language, or by the pinyin of a Chinese name (whole, `tinghuadao`, or its initials, `thd`); ranked by views. `ids` (repeatable) names these members only.',
    params: membersParams,
    documented: z.object({
      search: z.string().optional(),
      limit: z.number().int().optional(),
      ids: z.array(z.string()).optional(),
    }),
    answer: membersSchema,
    types: TABULAR_TYPES,
  },
  foundMembers: {
    method: 'get',
    path: '/api/v1/members',
    tag: 'Query',
    summary: 'Members of all dimensions, with what they have in a range',
    description:
      'Type-ahead over every dimension (or those of `dimension`, repeatable) as `/members/{dimension}` has it, with the views and the active series of each member in the range, within the filters. At most `limit` a dimension; ranked by views.',
    params: foundParams,
    documented: z.object({
      search: z.string().optional(),
      dimension: z.array(dimensionIdSchema).optional(),
      from: dateSchema.optional(),
      to: dateSchema.optional(),
      filters: z.string().optional(),
      limit: z.number().int().optional(),
    }),
    answer: foundSchema,
  },
  query: {
    method: 'post',
    path: '/api/v1/query',
    tag: 'Query',
    summary: 'Ask for measures over dimensions',
    description:
      'Measures grouped by dimensions, in time, filtered, compared, ranked. Accept picks the format; all carry the same rows.',
    body: querySchema,
    answer: answerSchema,
    types: TABULAR_TYPES,
  },
  linkedQuery: {
    method: 'get',
    path: '/api/v1/query',
    tag: 'Query',
    summary: 'The same as a link',
    description: 'q is the JSON of POST /query. Cacheable: the ETag follows the data version.',
    params: z.object({ q: json(querySchema) }),
    answer: answerSchema,
    types: TABULAR_TYPES,
  },
  queryBatch: {
    method: 'post',
    path: '/api/v1/query/batch',
    tag: 'Query',
    summary: 'All questions of a page at once',
    description: 'Named queries, answered from one version of the data; each answer or its problem.',
    body: batchSchema,
    answer: z.object({ results: z.record(z.string(), z.union([answerSchema, problemSchema])) }),
  },
  ...ANALYSES,
  upload: {
    method: 'post',
    path: '/api/v1/uploads',
    tag: 'Imports',
    summary: 'Upload a file',
    description:
      'The raw body, streamed to disk. Answers what was detected and what is proposed, and in `questions` what an import must say, each with the path that answers it; a saved profile whose header matches goes before guesses (profile names one, empty for none). encoding, delimiter, sheet, header_row (the line or row of the column names, 0 for none) and across (what is across in a wide table: time, platform, series, tables, or none) say how to read the file where that is known.',
    params: uploadParams,
    documented: z.object({
      filename: z.string(),
      ...documentedReading,
    }),
    answer: uploadSchema,
    status: 201,
  },
  readUpload: {
    method: 'get',
    path: '/api/v1/uploads/{id}',
    tag: 'Imports',
    summary: 'A waiting upload, read again',
    description:
      'In another encoding, delimiter, sheet or layout (across), from another header row, or by another profile (empty for none), without sending it again; or judged for another mapping (JSON, as POST /imports takes it) or kind. An import of it then takes what is answered here, unless it says otherwise.',
    params: readUploadParams,
    documented: z.object({
      ...documentedReading,
      kind: fileKindSchema.optional(),
      mapping: z.string().optional(),
    }),
    answer: uploadSchema,
  },
  startImport: {
    method: 'post',
    path: '/api/v1/imports',
    tag: 'Imports',
    summary: 'Import an upload, or try it',
    description:
      'Without mapping and options confirms what was proposed. dry_run answers counts and writes nothing. The same bytes again: 409 duplicate_import unless force=true. What is proposed is judged for the mapping that is given; `map` gives single fields over the proposed one, and leaves the others as they were proposed, unconfirmed. A question that decides a total and that nobody answers (views_are, across, the column of views, decimal_mark, currency, rates_are, a missing day) is 422 unconfirmed, errors[].path naming the option; a dry run warns of it. Other doubts are taken as proposed, with the warning `unconfirmed`; with unconfirmed=refuse they are refused, too. What is accepted outlives a restart of the server.',
    params: startParams,
    documented: z.object({
      force: z.enum(['true', 'false']).optional(),
      unconfirmed: z.enum(['take', 'refuse']).optional(),
    }),
    body: importRequestSchema,
    answer: z.union([z.object({ import_id: z.string() }), dryRunSchema]),
    status: 202,
  },
  imports: {
    method: 'get',
    path: '/api/v1/imports',
    tag: 'Imports',
    summary: 'Import history',
    description:
      'Newest first. With outdated=true only committed imports that today’s rules would read differently, each with `outdated` (what differs, an example before and after, how many rows or series) and `file_kept` (whether the server still has the file, in `done/` of the watched folder). It is told from the rows that are kept: POST /imports/{id}/reread with dry_run tells the rest.',
    params: importsParams,
    documented: z.object({ outdated: z.enum(['true', 'false']).optional() }),
    answer: z.union([importsSchema, outdatedImportsSchema]),
  },
  reread: {
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
  importRecord: {
    method: 'get',
    path: '/api/v1/imports/{id}',
    tag: 'Imports',
    summary: 'One import',
    description: importId,
    answer: importSchema,
  },
  importEvents: {
    method: 'get',
    path: '/api/v1/imports/{id}/events',
    tag: 'Imports',
    summary: 'Progress as server-sent events',
    description: importId,
    types: [CONTENT.events],
  },
  rejects: {
    method: 'get',
    path: '/api/v1/imports/{id}/rejects',
    tag: 'Imports',
    summary: 'Rejected rows as CSV',
    description:
      'Line, column, value, reason and the raw line. With `format=lines` the header and the rejected lines as they stood, in the delimiter of the file: mended and uploaded under the same file name they are proposed with the source, mapping and options of their import. At most 100,000 rejects are kept; of an import that failed for them the first 500; `X-Rejects-Left-Out` says how many are not in the answer. `format=first` answers the first ten as JSON, `{rows: [{line, column, value, reason}]}`.',
    params: rejectsParams,
    documented: z.object({ format: z.enum(['table', 'lines', 'first']).optional() }),
    types: [CONTENT.csv],
  },
  removeImport: {
    method: 'delete',
    path: '/api/v1/imports/{id}',
    tag: 'Imports',
    summary: 'Cancel or undo an import',
    description: 'Cancels a running one; undoes a committed one, wholly.',
    answer: importSchema,
  },
  removeDemo: {
    method: 'delete',
    path: '/api/v1/imports',
    tag: 'Imports',
    summary: 'Remove the synthetic demo data',
    description: 'Undoes every import of generated files in one transaction.',
    params: removeDemoParams,
  },
  profiles: {
    method: 'get',
    path: '/api/v1/profiles',
    tag: 'Imports',
    summary: 'Saved mappings',
    description: 'Latest changed first. A new file whose columns are those of a profile is proposed by it.',
    answer: profilesSchema,
  },
  profile: {
    method: 'get',
    path: '/api/v1/profiles/{name}',
    tag: 'Imports',
    summary: 'One saved mapping',
    description:
      'Its header, kind, mapping and options; its name is the source of what is imported by it. A name `.` or `..` is written behind a tilde, `~..`, as an id of a series.',
    answer: profileSchema,
  },
  saveProfile: {
    method: 'put',
    path: '/api/v1/profiles/{name}',
    tag: 'Imports',
    summary: 'Save a mapping',
    description: 'Over what was there. POST /imports with save_profile does the same once the import is committed.',
    body: profileBodySchema,
    answer: profileSchema,
  },
  removeProfile: {
    method: 'delete',
    path: '/api/v1/profiles/{name}',
    tag: 'Imports',
    summary: 'Forget a mapping',
    description: 'What was imported by it stays, under the same source.',
    status: 204,
  },
  storage: {
    method: 'get',
    path: '/api/v1/storage',
    tag: 'Service',
    summary: 'Room that the data take',
    description: 'Bytes of the database and of waiting uploads, free disk, rows per table.',
    answer: storageSchema,
  },
  aliases: {
    method: 'get',
    path: '/api/v1/aliases',
    tag: 'Names',
    summary: 'Names that were made one',
    description: 'Newest first; with undone=true also those that were undone.',
    params: aliasesParams,
    answer: aliasesSchema,
  },
  suggestions: {
    method: 'get',
    path: '/api/v1/aliases/suggestions',
    tag: 'Names',
    summary: 'Names that may be one',
    description:
      'Pairs by similarity, the likeliest first, with the reason and what speaks for and against it. Different seasons and numbers are never suggested.',
    params: suggestionsParams,
    answer: suggestionsSchema,
  },
  previewAlias: {
    method: 'post',
    path: '/api/v1/aliases/preview',
    tag: 'Names',
    summary: 'What a merge would change',
    description:
      'What counts of each member before and after, and days that several of the names state. Writes nothing.',
    body: aliasRequestSchema,
    answer: aliasPreviewSchema,
  },
  merge: {
    method: 'post',
    path: '/api/v1/aliases',
    tag: 'Names',
    summary: 'Merge members, or part one',
    description:
      'From then on all numbers are those of into, as if the files had said so. With platform or source what that one states of from becomes into. Codes: unknown_member, alias_exists, alias_cycle.',
    body: aliasRequestSchema,
    answer: aliasesSchema,
    status: 201,
  },
  undoAlias: {
    method: 'delete',
    path: '/api/v1/aliases/{alias_id}',
    tag: 'Names',
    summary: 'Undo a merge or a part',
    description: 'As if it had never been, in any order with imports and their undos. Code: alias_not_undoable.',
    answer: aliasSchema,
  },
  dismiss: {
    method: 'post',
    path: '/api/v1/aliases/dismissed',
    tag: 'Names',
    summary: 'Two names are not one',
    description: 'The pair is not suggested again.',
    body: dismissalSchema,
    status: 204,
  },
  dismissed: {
    method: 'get',
    path: '/api/v1/aliases/dismissed',
    tag: 'Names',
    summary: 'Pairs that were dismissed',
    description: 'The latest first.',
    params: dismissedParams,
    answer: dismissedPairsSchema,
  },
  takeBack: {
    method: 'delete',
    path: '/api/v1/aliases/dismissed',
    tag: 'Names',
    summary: 'Take a dismissal back',
    description: 'The two (`ids`, twice, in any order) may be suggested again. Code: not_found.',
    params: dismissedPairParams,
    status: 204,
  },
  figures: {
    method: 'get',
    path: '/api/v1/figures',
    tag: 'Figures',
    summary: 'Every chart of the product',
    description: 'Ids, the page of each, and the names of its own part of an address.',
    answer: figuresSchema,
  },
  figure: {
    method: 'get',
    path: '/api/v1/figures/{file}',
    tag: 'Figures',
    summary: 'A chart as a file',
    description:
      'The file is `<id>.<svg|png|pdf|pptx|csv|xlsx|parquet|json>`, for example `overview.formats.png`; parameters are those of the address of the page, and how the picture is wanted: `size` is 16x9, 4x3, 1x1, 9x16, 3x4, og, 4k or WIDTHxHEIGHT in pixels. `lang=zh,en` gives both as a zip.',
    params: figureParams,
    types: FIGURE_TYPES,
    anyParams: true,
  },
  figurePage: {
    method: 'get',
    path: '/f/{id}',
    tag: 'Figures',
    summary: 'A chart as a small page of its own, for links',
    description:
      'Without scripts: the chart, its title, notes and source, and a picture for the cards of messengers (Open Graph). Parameters are those of the address of the page, and `lang`, `theme`, `title`, `subtitle`, `note`.',
    params: figurePageParams,
    types: [CONTENT.html],
    anyParams: true,
  },
  figureEmbed: {
    method: 'get',
    path: '/embed/{id}',
    tag: 'Figures',
    summary: 'The same for an `<iframe>`',
    description: 'The only page here that pages of other sites may frame; parameters as of `/f/{id}`.',
    params: figurePageParams,
    types: [CONTENT.html],
    anyParams: true,
  },
  briefDeck: {
    method: 'get',
    path: '/api/v1/decks/brief.pptx',
    tag: 'Figures',
    summary: 'The brief as slides',
    description:
      'Title, market and up to nine findings, each with its figure as a chart that PowerPoint edits; `lang=zh,en` has both languages side by side.',
    params: briefDeckParams,
    types: [FIGURE_TYPE.pptx],
  },
  healthz: {
    method: 'get',
    path: '/healthz',
    tag: 'Service',
    summary: 'Is the process alive',
    description: 'Always 200 while it is.',
  },
  readyz: {
    method: 'get',
    path: '/readyz',
    tag: 'Service',
    summary: 'Is it ready',
    description: '200 once the demo, if wanted, is committed; 503 before.',
  },
  openapi: {
    method: 'get',
    path: '/api/v1/openapi.json',
    tag: 'Service',
    summary: 'This document',
    description: 'OpenAPI 3.1, made from the schemas that requests and answers are held against.',
  },
  docs: {
    method: 'get',
    path: '/api/docs',
    tag: 'Service',
    summary: 'This document as a page',
    description: 'Every call with its parameters and schemas, and the codes of problems.',
    types: [CONTENT.html],
  },
} as const satisfies Readonly<Record<string, Endpoint>>;
