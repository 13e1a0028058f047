import { z } from 'zod';
import { fileKindSchema, importOptionsSchema, mappingSchema } from './imports.ts';

/** A profile's name is also the `source` of what is imported by it. */
export const profileNameSchema = z.string().trim().min(1).max(120);

/** How files with one header are imported. `source` is no option of it: it is the profile's name. */
export const profileBodySchema = z.strictObject({
  /** Every column name of the file, in its order. */
  header: z.array(z.string()).min(1).max(2000),
  kind: fileKindSchema,
  mapping: mappingSchema,
  options: importOptionsSchema.omit({ source: true }).default({}),
});
export type ProfileBody = z.infer<typeof profileBodySchema>;

export const profileSchema = profileBodySchema.extend({
  name: profileNameSchema,
  created_at: z.string(),
  updated_at: z.string(),
});
export type Profile = z.infer<typeof profileSchema>;
export const profilesSchema = z.object({ rows: z.array(profileSchema) });
