import { z } from 'zod';
import { fileKindSchema, importOptionsSchema, mappingSchema } from './imports.ts';

/** It is also the `source` of what is imported by it. */
export const profileNameSchema = z.string().trim().min(1).max(120);

/** Has no `source`: that is the profile's name. */
export const profileBodySchema = z.strictObject({
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
