import { z } from 'zod';

export const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((s, ctx) => {
      try {
        return JSON.parse(s) as unknown;
      } catch {
        // The caller words what the JSON must be.
        ctx.addIssue({ code: 'custom', message: 'json', params: { of: schema } });
        return z.NEVER;
      }
    })
    .pipe(schema);

export const reproduceParams = {
  /** Leaves out imports committed after this instant. */
  known_at: z.iso.datetime({ offset: true }).optional(),
  /** Adds `meta.lineage`. */
  explain: z.enum(['true', 'false']).optional(),
};

export interface Reproduce {
  readonly known_at?: string | undefined;
  readonly explain?: 'true' | 'false' | undefined;
}

/** `series=a&series=b`. */
export const list = z
  .union([z.string(), z.array(z.string())], { error: 'repeatable' })
  .transform((v) => (Array.isArray(v) ? v : [v]));
