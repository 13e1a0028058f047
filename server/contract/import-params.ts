import { z } from 'zod';
import { acrossSchema, delimiterSchema, fileKindSchema, headerRowSchema, mappingSchema } from './imports.ts';
import { json } from './params.ts';

const flag = z.enum(['true', 'false']).default('false');
/** Options that decide how the file is read; an upload takes them too. */
export const readingParams = z.object({
  encoding: z.string().min(1).max(40).optional(),
  delimiter: delimiterSchema.optional(),
  sheet: z.string().min(1).max(255).optional(),
  header_row: z
    .string()
    .regex(/^\d{1,7}$/u, 'line_number')
    .transform(Number)
    .pipe(headerRowSchema)
    .optional(),
  across: acrossSchema.optional(),
  /** Empty: none. Default: the profile whose header matches. */
  profile: z.string().max(120).optional(),
});
/** `mapping` is JSON as in `POST /imports`; proposals are then judged for it. */
export const readUploadParams = readingParams.extend({
  kind: fileKindSchema.optional(),
  mapping: json(mappingSchema).optional(),
});
export const uploadParams = readingParams.extend({ filename: z.string().min(1).max(1000) });
/** `unconfirmed=refuse` takes nothing that has an open question. */
export const startParams = z.object({ force: flag, unconfirmed: z.enum(['take', 'refuse']).default('take') });
/** `first`: a few as JSON. `lines`: header and rejected lines as they stood, to be mended and imported again. */
export const rejectsParams = z.object({ format: z.enum(['table', 'lines', 'first']).default('table') });
export const removeDemoParams = z.object({ synthetic: z.literal('true') });
/** `outdated`: only imports that today's rules would read differently. */
export const importsParams = z.object({ outdated: flag });
