/** What the calls of uploads and imports take in their query strings. */
import { z } from 'zod';
import { acrossSchema, delimiterSchema, fileKindSchema, headerRowSchema, mappingSchema } from './imports.ts';
import { json } from './params.ts';

const flag = z.enum(['true', 'false']).default('false');
/** Encoding, delimiter, sheet, header row and layout decide how the file is read, so that they can be said with the upload, too. */
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
  /** A saved profile's name; empty for none. Left out, the one whose header matches. */
  profile: z.string().max(120).optional(),
});
/** What was chosen, so that all that is proposed is judged for it: the mapping as JSON, as `POST /imports` takes it. */
export const readUploadParams = readingParams.extend({
  kind: fileKindSchema.optional(),
  mapping: json(mappingSchema).optional(),
});
export const uploadParams = readingParams.extend({ filename: z.string().min(1).max(1000) });
/** `unconfirmed=refuse`: nothing is taken unseen that somebody would be asked about. */
export const startParams = z.object({ force: flag, unconfirmed: z.enum(['take', 'refuse']).default('take') });
/** `first`: some as JSON, to be shown. `lines`: the header and the rejected lines as they stood, to be mended and imported again. */
export const rejectsParams = z.object({ format: z.enum(['table', 'lines', 'first']).default('table') });
export const removeDemoParams = z.object({ synthetic: z.literal('true') });
/** `outdated`: only those that today's rules would read differently, with what differs. */
export const importsParams = z.object({ outdated: flag });
