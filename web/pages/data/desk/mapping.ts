import {
  CATALOG_FIELDS,
  FIELDS,
  type Field,
  fieldSchema,
  type ImportOptions,
  type ImportRequest,
  LOG_FIELDS,
  type Mapping,
  RATES_FIELDS,
  type Upload,
} from '../../../../server/contract/imports.ts';

export interface Draft {
  kind: Upload['kind'];
  mapping: Mapping;
  options: ImportOptions;
}

export const draftOf = ({ kind, mapping, options }: Upload): Draft => ({ kind, mapping, options });

/** The request that imports the file as the draft says. @param keep saves a profile, named as the source */
export function requestOf(upload: Upload, { kind, mapping, options }: Draft, keep = false): ImportRequest {
  const request = { upload_id: upload.upload_id, kind, mapping, options };
  return keep && options.source !== undefined ? { ...request, save_profile: options.source } : request;
}

export function fieldsFor(kind: Upload['kind']): { own: Field[]; further: Field[] } {
  const isField = (id: string): id is Field => fieldSchema.safeParse(id).success;
  const log = LOG_FIELDS.filter(isField);
  const catalog = CATALOG_FIELDS.filter(isField);
  if (kind === 'rates') return { own: [...RATES_FIELDS], further: [] };
  return kind === 'log'
    ? { own: log, further: FIELDS.filter(isField).filter((field) => !log.some((own) => own === field)) }
    : { own: catalog, further: [] };
}

export function fieldOf(mapping: Mapping, column: string): Field | null {
  const entry = Object.entries(mapping).find(([, name]) => name === column);
  return entry === undefined ? null : (fieldSchema.safeParse(entry[0]).data ?? null);
}

/** Takes a column for a field (null: leaves it out). A field has one column: another that had it loses it. */
export function assign(mapping: Mapping, column: string, field: Field | null): Mapping {
  const kept = Object.fromEntries(Object.entries(mapping).filter(([id, name]) => name !== column && id !== field));
  return field === null ? kept : { ...kept, [field]: column };
}

/**
 * A draft once the server has judged its file again for the draft's own columns: what the reader said stays, what was only
 * proposed for other columns goes.
 * @param before what was proposed when the reader chose
 * @param answered where the reader chose: kind and columns that nobody chose are those that are now proposed
 */
export function judgedAnew(draft: Draft, before: Upload, upload: Upload, answered: readonly string[]): Draft {
  const proposed: Record<string, unknown> = before.options;
  const own = Object.entries(draft.options).filter(
    ([option, value]) => value !== proposed[option] || answered.includes(`options.${option}`),
  );
  return {
    kind: answered.includes('kind') ? draft.kind : upload.kind,
    mapping: answered.includes('mapping') ? draft.mapping : upload.mapping,
    options: { ...upload.options, ...Object.fromEntries(own) },
  };
}

export const sameColumns = (one: Draft, other: Draft): boolean =>
  one.kind === other.kind && fieldSchema.options.every((field) => one.mapping[field] === other.mapping[field]);

/** What keeps a draft from being imported, as keys of the page's words; empty when nothing does. */
export type DraftProblem =
  | 'need_time'
  | 'need_series'
  | 'need_views'
  | 'event_views'
  | 'need_views_are'
  | 'need_platform'
  | 'need_catalog'
  | 'need_rate';

export function problemsOf({ kind, mapping, options }: Draft): { errors: DraftProblem[]; warnings: DraftProblem[] } {
  const errors: DraftProblem[] = [];
  const warnings: DraftProblem[] = [];
  if (kind === 'rates') {
    if (mapping.time === undefined) errors.push('need_time');
    if (mapping.currency === undefined || mapping.rate === undefined) errors.push('need_rate');
    return { errors, warnings };
  }
  const named = mapping.series_id !== undefined || mapping.title !== undefined;
  if (!named && (kind !== 'log' || options.series === undefined)) errors.push('need_series');
  if (kind === 'catalog') {
    const facts = Object.keys(mapping).filter((field) => field !== 'series_id' && field !== 'title');
    if (facts.length === 0) errors.push('need_catalog');
    return { errors, warnings };
  }
  if (mapping.time === undefined && options.day === undefined) errors.push('need_time');
  const counts = mapping.views !== undefined || mapping.valid_views !== undefined || mapping.heat !== undefined;
  if (options.views_are === 'event' && mapping.views !== undefined) errors.push('event_views');
  if (options.views_are !== 'event' && !counts) errors.push('need_views');
  if (options.views_are === undefined && mapping.views !== undefined) errors.push('need_views_are');
  if (mapping.platform === undefined && options.platform === undefined) warnings.push('need_platform');
  return { errors, warnings };
}
