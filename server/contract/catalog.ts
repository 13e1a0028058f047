import { z } from 'zod';
import { coverageKindSchema } from './imports.ts';
import { json, list } from './params.ts';
import {
  dateSchema,
  dimensionIdSchema,
  filterSchema,
  labelSchema,
  measureIdSchema,
  metaSchema,
  unitSchema,
} from './query.ts';

export const measureInfoSchema = z.object({
  id: measureIdSchema,
  label: labelSchema,
  unit: unitSchema,
  definition: labelSchema,
  additive: z.boolean(),
  /** False: a request gets `measure_unavailable`. */
  available: z.boolean(),
  /** Whether it is computed from money, so that it needs one currency. */
  money: z.boolean(),
  /** Whether it is one of the few numbers that stand for all. */
  headline: z.boolean(),
  /** Its column in a list of series, from left to right; hidden ones are shown when chosen. */
  column: z.object({ place: z.number().int(), hidden: z.boolean() }).nullable(),
});
export type MeasureInfo = z.infer<typeof measureInfoSchema>;

export const dimensionInfoSchema = z.object({
  id: dimensionIdSchema,
  label: labelSchema,
  definition: labelSchema,
  members: z.number().int(),
  /** True: a series counts under each of its members. */
  multi: z.boolean(),
  available: z.boolean(),
});
export type DimensionInfo = z.infer<typeof dimensionInfoSchema>;

export const datasetSchema = z.object({
  version: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  as_of: z.string().nullable(),
  rows: z.number().int(),
  series: z.number().int(),
  producers: z.number().int(),
  time_zone: z.string(),
  /** Null if there is none, or several (`currencies`). */
  currency: z.string().nullable(),
  currencies: z.array(z.string()),
  /** Null without imported rates. */
  rates: z.object({ currencies: z.array(z.string()), from: z.string(), to: z.string() }).nullable(),
  sources: z.array(
    z.object({
      id: z.string(),
      from: z.string(),
      to: z.string(),
      rows: z.number().int(),
      coverage: coverageKindSchema,
    }),
  ),
  synthetic: z.boolean(),
});
export type Dataset = z.infer<typeof datasetSchema>;

/** Days of the log: a year's 春节 or 国庆. */
export const catalogHolidaySchema = z.object({
  id: z.enum(['spring_festival', 'national_day']),
  year: z.number().int(),
  label: labelSchema,
  from: dateSchema,
  to: dateSchema,
});

export const catalogSchema = z.object({
  /** Of the data's years, oldest first; left out if they have none. */
  holidays: z.array(catalogHolidaySchema).optional(),
  measures: z.array(measureInfoSchema),
  dimensions: z.array(dimensionInfoSchema),
  dataset: datasetSchema,
});
export type Catalog = z.infer<typeof catalogSchema>;

export const membersParams = z.object({
  search: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  ids: list.pipe(z.array(z.string().min(1)).min(1).max(1000)).optional(),
});

export const membersSchema = z.object({
  rows: z.array(z.object({ id: z.string(), label: labelSchema, views: z.union([z.number(), z.string()]) })),
  meta: metaSchema,
});
export type Members = z.infer<typeof membersSchema>;

/** Without `dimension` in all that can be filtered by their members. */
export const foundParams = z.object({
  search: z.string().max(200).default(''),
  dimension: list.pipe(z.array(dimensionIdSchema).min(1).max(30)).optional(),
  from: dateSchema.optional(),
  to: dateSchema.optional(),
  filters: json(z.array(filterSchema).max(50)).default([]),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});

export const foundSchema = z.object({
  rows: z.array(
    z.object({
      dimension: dimensionIdSchema,
      id: z.string(),
      label: labelSchema,
      /** Of the range, within the filters. */
      views: z.union([z.number(), z.string()]),
      /** With views above 0 there. */
      series: z.number().int(),
    }),
  ),
  meta: metaSchema,
});
export type Found = z.infer<typeof foundSchema>;
