/** The rooms of the house, from the ground up, and which other rooms the files of each may import. */
export interface Room {
  readonly name: string;
  /** Folders (with a slash) and files; the longest that fits a file says its room. */
  readonly holds: readonly string[];
  readonly sees: readonly string[];
  /** The only libraries that its files may import; any, if left out. */
  readonly libraries?: readonly string[];
}

const GROUND = ['contract', 'vocabulary', 'shared', 'warehouse'];
const METRICS = [
  'sql',
  'language',
  'forecasting',
  'query',
  'parts',
  'parts of members',
  'analyses of series',
  'analyses',
];
const INGEST = ['cells', 'read', 'stage', 'propose', 'commit', 'queue', 'inbox'];
/** What draws a chart with neither React nor a browser, so that the server can, too. */
const PURE = ['i18n', 'filters', 'charts', 'export', 'figures'];
const PAGES = [...PURE, 'page language', 'page calls', 'page state', 'ui', 'pages'];
/** Of the data page, in `web/pages/data/`, in the way of a file that comes in. */
const DATA = ['data parts', 'data desk', 'data history', 'data review', 'data files'];
const upTo = (rooms: readonly string[], last: string) => rooms.slice(0, rooms.indexOf(last));

export const ROOMS: readonly Room[] = [
  { name: 'contract', holds: ['server/contract/'], sees: [], libraries: ['zod'] },
  {
    name: 'vocabulary',
    holds: ['server/vocabulary/'],
    sees: ['contract'],
  },
  {
    name: 'shared',
    holds: [
      'server/announcement.ts',
      'server/closest.ts',
      'server/folder-errors.ts',
      'server/given.ts',
      'server/json-fault.ts',
      'server/logged-error.ts',
      'server/loop-turns.ts',
      'server/needs.ts',
      'server/private-files.ts',
      'server/problem.ts',
      'server/read-given.ts',
      'server/start-error.ts',
      'server/time-zone.ts',
      'server/wording.ts',
    ],
    sees: ['contract'],
  },
  { name: 'warehouse', holds: ['server/warehouse/'], sees: ['contract', 'shared'] },
  // An engine: nobody sees it but what starts the server.
  { name: 'duckdb', holds: ['server/warehouse/duckdb/'], sees: ['contract', 'shared', 'warehouse'] },

  { name: 'sql', holds: ['server/metrics/sql/'], sees: GROUND },
  { name: 'language', holds: ['server/metrics/language/'], sees: [...GROUND, 'sql'] },
  { name: 'forecasting', holds: ['server/metrics/forecasting/'], sees: [...GROUND, 'language'] },
  { name: 'query', holds: ['server/metrics/query/'], sees: [...GROUND, 'sql', 'language'] },
  { name: 'parts', holds: ['server/metrics/analyses/parts/'], sees: [...GROUND, ...upTo(METRICS, 'parts')] },
  {
    name: 'parts of members',
    holds: ['server/metrics/analyses/parts/members/'],
    sees: [...GROUND, ...upTo(METRICS, 'parts of members')],
  },
  {
    name: 'analyses of series',
    holds: ['server/metrics/analyses/series/'],
    sees: [...GROUND, ...upTo(METRICS, 'analyses of series')],
  },
  { name: 'analyses', holds: ['server/metrics/analyses/'], sees: [...GROUND, ...upTo(METRICS, 'analyses')] },

  { name: 'ledger', holds: ['server/ledger/'], sees: GROUND },
  { name: 'cells', holds: ['server/ingest/cells/'], sees: ['contract', 'vocabulary', 'shared'] },
  { name: 'read', holds: ['server/ingest/read/'], sees: [...GROUND, 'cells'] },
  { name: 'stage', holds: ['server/ingest/stage/'], sees: [...GROUND, ...upTo(INGEST, 'stage')] },
  // A sample is staged to see what it is.
  { name: 'propose', holds: ['server/ingest/propose/'], sees: [...GROUND, 'ledger', ...upTo(INGEST, 'propose')] },
  { name: 'commit', holds: ['server/ingest/commit/'], sees: [...GROUND, 'ledger', ...upTo(INGEST, 'commit')] },
  { name: 'queue', holds: ['server/ingest/queue/'], sees: [...GROUND, 'ledger', ...upTo(INGEST, 'queue')] },
  { name: 'inbox', holds: ['server/ingest/inbox/'], sees: [...GROUND, 'ledger', ...upTo(INGEST, 'inbox')] },

  { name: 'state', holds: ['server/state/'], sees: ['contract', 'shared'] },
  { name: 'access', holds: ['server/access/'], sees: ['contract', 'shared'] },
  { name: 'render', holds: ['server/render/'], sees: [...GROUND, ...METRICS, ...PURE] },
  {
    name: 'http',
    holds: ['server/http/'],
    sees: [...GROUND, ...METRICS, 'ledger', ...INGEST, 'state', 'access', 'render', ...PURE],
  },
  {
    name: 'start',
    holds: [
      'server/main.ts',
      'server/acknowledged.ts',
      'server/config.ts',
      'server/dataset.ts',
      'server/demo.ts',
      'server/flags.ts',
      'server/inbox-folder.ts',
    ],
    sees: [...GROUND, 'duckdb', 'ledger', ...INGEST, 'state', 'access', 'http'],
  },

  { name: 'i18n', holds: ['web/i18n/'], sees: ['contract'], libraries: [] },
  { name: 'filters', holds: ['web/filters/'], sees: ['contract', ...upTo(PURE, 'filters')], libraries: [] },
  { name: 'charts', holds: ['web/charts/'], sees: ['contract', ...upTo(PURE, 'charts')], libraries: ['echarts'] },
  { name: 'export', holds: ['web/export/'], sees: ['contract', ...upTo(PURE, 'export')], libraries: ['echarts'] },
  { name: 'figures', holds: ['web/figures/'], sees: ['contract', ...upTo(PURE, 'figures')], libraries: ['zod'] },
  { name: 'page language', holds: ['web/data/language.ts'], sees: ['contract', ...upTo(PAGES, 'page language')] },
  { name: 'page calls', holds: ['web/data/api/'], sees: ['contract', ...upTo(PAGES, 'page calls')] },
  { name: 'page state', holds: ['web/data/'], sees: ['contract', ...upTo(PAGES, 'page state')] },
  { name: 'ui', holds: ['web/ui/', 'web/theme/'], sees: ['contract', ...upTo(PAGES, 'ui')] },
  { name: 'pages', holds: ['web/pages/'], sees: ['contract', ...upTo(PAGES, 'pages')] },
  ...DATA.map((name) => ({
    name,
    holds: [`web/pages/${name.replace(' ', '/')}/`],
    sees: ['contract', ...upTo(PAGES, 'pages'), ...upTo(DATA, name)],
  })),
  { name: 'data names', holds: ['web/pages/data/names/'], sees: ['contract', ...upTo(PAGES, 'pages'), 'data parts'] },
  { name: 'data', holds: ['web/pages/data/'], sees: ['contract', ...upTo(PAGES, 'pages'), ...DATA] },
  {
    name: 'page',
    holds: ['web/main.tsx', 'web/app.tsx', 'web/routes.tsx'],
    sees: ['contract', ...PAGES, 'data', 'data names'],
  },
  {
    name: 'scripts',
    holds: ['scripts/'],
    sees: [...GROUND, 'duckdb', ...METRICS, 'ledger', ...INGEST, 'state', 'access', 'render', 'http', 'start', ...PURE],
  },
];
