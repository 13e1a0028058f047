import { z } from 'zod';
import { briefParams } from './analyses-outlook.ts';
import { CONTENT } from './endpoint.ts';
import { cellSchema, labelSchema, metaSchema } from './query.ts';

/** Formats that a figure is had in; the part of its address after the last dot. */
export const FIGURE_FORMATS = ['svg', 'png', 'pdf', 'pptx', 'csv', 'xlsx', 'parquet', 'json'] as const;
export type FigureFormat = (typeof FIGURE_FORMATS)[number];

export const FIGURE_TYPE: Readonly<Record<FigureFormat, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  pdf: 'application/pdf',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  csv: CONTENT.csv,
  xlsx: CONTENT.xlsx,
  parquet: CONTENT.parquet,
  json: CONTENT.json,
};
export const FIGURE_TYPES: readonly string[] = [...Object.values(FIGURE_TYPE), 'application/zip'];

export const figuresSchema = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      page: z.string(),
      title: labelSchema,
      /** Names of the figure's own part of the address. */
      params: z.array(z.string()),
      /** Whether PowerPoint has it as a chart; else it goes as a picture. */
      native: z.boolean(),
    }),
  ),
});
export type Figures = z.infer<typeof figuresSchema>;

export const figureWordsSchema = z.object({
  id: z.string(),
  title: z.string(),
  subtitle: z.string(),
  definition: z.string().nullable(),
  notes: z.array(z.string()),
  source: z.string(),
  columns: z.array(z.object({ id: z.string(), header: z.string(), kind: z.string() })),
  rows: z.array(z.array(cellSchema)),
  /** Why there is nothing to draw, and what to do about it. */
  nothing: z.object({ reason: z.string(), remedy: z.string() }).nullable(),
  meta: metaSchema.nullable(),
});
export type FigureWords = z.infer<typeof figureWordsSchema>;

/** Longer texts fit no picture. */
const text = z.string().max(300).optional();

/** Beside these, whatever the address of the figure's page has. */
export const figureParams = z.object({
  lang: z.enum(['zh', 'en', 'zh,en', 'en,zh']).optional(),
  theme: z.enum(['light', 'dark', 'stage']).default('light'),
  size: z
    .string()
    .regex(/^(16x9|4x3|1x1|9x16|3x4|4k|og|\d{1,5}x\d{1,5})$/u, 'picture_size')
    .default('16x9'),
  ground: z.enum(['solid', 'transparent']).default('solid'),
  title: text,
  subtitle: text,
  note: text,
  download: z.string().optional(),
});
/** Of the deck of a brief; a month, or a range of days. */
export const briefDeckParams = z.object({
  month: briefParams.shape.month,
  from: briefParams.shape.from,
  to: briefParams.shape.to,
  lang: figureParams.shape.lang,
  download: z.string().optional(),
});
export type FigureParams = z.output<typeof figureParams>;

/** Of a page of a figure's own, beside whatever the address of the figure's page has. */
export const figurePageParams = figureParams.pick({ theme: true, title: true, subtitle: true, note: true }).extend({
  lang: z.enum(['zh', 'en']).optional(),
});
export type FigurePageParams = z.output<typeof figurePageParams>;
