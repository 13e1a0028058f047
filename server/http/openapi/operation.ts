import type { z } from 'zod';
import { TABULAR } from '../formats/negotiate.ts';

/** One call of the API, as the document and the docs page list it. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly tag: 'Query' | 'Analyses' | 'Imports' | 'Names' | 'Service';
  /** Query-string parameters. */
  readonly params?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer?: z.ZodType;
  readonly status?: number;
  readonly types?: readonly string[];
}

/** What an answer with rows can be sent as. */
export const TABULAR_TYPES: readonly string[] = TABULAR.map(({ type }) => type);
