import { z } from 'zod';
import { labelSchema } from './query.ts';

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  detail_label: labelSchema.optional(),
  code: z.string(),
  errors: z
    .array(z.object({ path: z.string(), message: z.string(), message_label: labelSchema.optional() }))
    .optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** Codes are stable: programs branch on them. */
export const PROBLEM_STATUS = {
  invalid_request: 400,
  invalid_filter: 400,
  unknown_member: 404,
  one_platform_needed: 422,
  measure_unavailable: 422,
  mixed_currency: 422,
  hours_not_comparable: 422,
  too_many_periods: 422,
  answer_too_large: 422,
  not_enough_data: 422,
  not_found: 404,
  duplicate_import: 409,
  import_not_undoable: 409,
  import_not_committed: 409,
  file_not_kept: 409,
  other_file: 422,
  alias_exists: 409,
  alias_cycle: 409,
  alias_not_undoable: 409,
  upload_not_found: 404,
  unreadable_file: 422,
  unsupported_format: 415,
  mapping_incomplete: 422,
  unconfirmed: 422,
  too_many_rejects: 422,
  upload_too_large: 413,
  unpacked_too_large: 413,
  disk_full: 507,
  upload_aborted: 400,
  profile_mismatch: 422,
  interrupted: 503,
  cancelled: 499,
  timeout: 504,
  busy: 503,
  unavailable: 503,
  out_of_memory: 503,
  not_acceptable: 406,
  unauthorized: 401,
  host_not_allowed: 403,
  origin_not_allowed: 403,
  method_not_allowed: 405,
  request_timeout: 408,
  precondition_failed: 412,
  body_too_large: 413,
  unsupported_media_type: 415,
  range_not_satisfiable: 416,
  too_many_attempts: 429,
  headers_too_large: 431,
  internal: 500,
} as const;
export type ProblemCode = keyof typeof PROBLEM_STATUS;
