/** The generated parts of docs/definitions.md, from the catalog of measures and dimensions and the list of analyses. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ANALYSES } from '../../server/contract/endpoints.ts';
import { DIMENSIONS, MEASURES } from '../../server/contract/query.ts';
import { DIMENSION_CATALOG, type Dimension } from '../../server/metrics/language/dimensions.ts';
import { MEASURE_CATALOG, type Measure } from '../../server/metrics/language/measures.ts';
import type { SumId } from '../../server/metrics/language/sums.ts';
import { anchorOf, headingsOf, table, withBlocks } from './markdown.ts';

export const DEFINITIONS = 'docs/definitions.md';
const PAGES = 'docs/analyses';

/** What docs/definitions.md says once its generated parts are written again. @param root of the repository */
export function definitionsOf(root: string): string {
  const text = readFileSync(join(root, DEFINITIONS), 'utf8');
  const pages = readdirSync(join(root, PAGES))
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => ({ name, text: readFileSync(join(root, PAGES, name), 'utf8') }));
  return withBlocks(text, (name) => {
    if (name === 'measures') return measures(text);
    if (name === 'dimensions') return dimensions();
    if (name === 'analyses') return analyses(pages);
    const said = MEASURES.filter((id) => name.split(', ').includes(id)).map((id) => tooltipOf(MEASURE_CATALOG[id]));
    return said.length > 0 ? said.join('\n') : undefined;
  });
}

const yes = (whether: boolean) => (whether ? 'yes' : 'no');

function measures(text: string): string {
  const headings = headingsOf(text);
  return table(
    ['id', 'English', '中文', 'unit', 'formula', 'adds up'],
    MEASURES.map((id) => {
      const measure = MEASURE_CATALOG[id];
      const heading = headings.find((one) => one.includes(`\`${id}\``));
      if (heading === undefined) throw new Error(`${DEFINITIONS} has no heading for the measure ${id}.`);
      return [
        `[\`${id}\`](#${anchorOf(heading)})`,
        measure.label.en,
        measure.label.zh,
        measure.unit,
        formulaOf(measure),
        yes(measure.additive),
      ];
    }),
  );
}

/** What a measure is said to be wherever its number is shown. */
const tooltipOf = ({ id, definition }: Measure) => `> \`${id}\`: ${definition.en} ${definition.zh}`;

/** As far as the catalog says it; the rest stands in the text. */
function formulaOf({ aggregation: of }: Measure): string {
  switch (of.kind) {
    case 'sum':
      return `${sum(of.sum)}${scaled(of.scale)}`;
    case 'max':
      return `max ${nameOf(of.sum)}`;
    case 'ratio':
      return `${sums(of.numerator)}${scaled(of.scale)} / ${sums(of.denominator)}`;
    case 'share':
      return 'Σ views / Σ views of all';
    case 'cumulative':
      return 'openings + Σ views to the end';
    case 'age':
      return of.perEpisode
        ? `Σ views of the first ${of.days} days / Σ episodes`
        : `Σ views of the first ${of.days === 1 ? 'day' : `${of.days} days`}`;
    case 'new_series':
      return 'series released';
    case 'cell':
      return CELL[of.of];
  }
}

const CELL: Readonly<Record<Extract<Measure['aggregation'], { kind: 'cell' }>['of'], string>> = {
  active_series: 'series with views > 0',
  active_producers: 'producers of active series',
  views_per_series: 'Σ views / active series',
  median_views_per_series: 'median of views per active series',
  ai_share: 'Σ views made by AI / Σ views',
  ai_series_share: 'active series made by AI / active series',
};

const nameOf = (id: SumId): string => (id.startsWith('heat') ? 'heat' : id.replaceAll('_', ' '));
const sum = (id: SumId): string => (id === 'heat_rows' ? 'rows with heat' : `Σ ${nameOf(id)}`);
const sums = (ids: readonly SumId[]): string =>
  ids.length === 1 ? ids.map(sum).join('') : `Σ (${ids.map(nameOf).join(' + ')})`;
const scaled = (scale: number | undefined): string => {
  if (scale === undefined) return '';
  return scale < 1 ? ` / ${(Math.round(1 / scale)).toLocaleString('en')}` : ` · ${scale.toLocaleString('en')}`;
};

const LEVEL: Readonly<Record<Dimension['source']['level'], string>> = {
  series: 'series, one member',
  members: 'series, every member',
  log: 'row',
};

function dimensions(): string {
  return table(
    ['id', 'English', '中文', 'of the', 'definition', '定义'],
    DIMENSIONS.map((id) => {
      const { label, definition, source } = DIMENSION_CATALOG[id];
      return [`\`${id}\``, label.en, label.zh, LEVEL[source.level], definition.en, definition.zh];
    }),
  );
}

/** Parameters that every analysis takes. */
const SHARED: ReadonlySet<string> = new Set(['from', 'to', 'filters', 'lang', 'known_at', 'explain']);

function analyses(pages: readonly { readonly name: string; readonly text: string }[]): string {
  return table(
    ['page', 'call, under `/api/v1`', 'what it answers', 'own parameters (defaults)'],
    Object.entries(ANALYSES).map(([id, { path, description, params }]) => {
      const call = `GET ${path}`.replace('{id}', 'ID');
      // The page that tells the call: `GET /api/v1/club?from=…`.
      const page = pages.find(({ text }) => new RegExp(`\`${call.replaceAll('/', '\\/')}[\`?]`, 'u').test(text));
      if (page === undefined) throw new Error(`No page of ${PAGES} tells \`${call}\`, the call of the analysis ${id}.`);
      return [
        `[\`${id}\`](analyses/${page.name})`,
        `\`${path.replace('/api/v1', '')}\``,
        description,
        parametersOf(params),
      ];
    }),
  );
}

function parametersOf(params: z.ZodObject): string {
  const own = Object.entries(params.shape).filter(([name]) => !SHARED.has(name));
  const told = own.map(([name, schema]) => {
    const left = z.custom<z.ZodType>().parse(schema).safeParse(undefined);
    const value: unknown = left.success ? left.data : undefined;
    if (value === undefined) return `\`${name}\``;
    return `\`${name}\` (${[value].flat().map(written).join(', ')})`;
  });
  return told.length > 0 ? told.join(', ') : '–';
}

const written = (value: unknown): string => (typeof value === 'number' ? value.toLocaleString('en') : String(value));
