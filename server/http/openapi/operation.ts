import { z } from 'zod';
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

/** The language of labels and of refusals: every call of the API takes it. */
export const LANGUAGE = z.enum(['zh', 'en']).optional();

/** What a call takes in its query string, by name; any other parameter is refused. */
export function queryParameters({ path, params }: Operation): Readonly<Record<string, z.ZodType>> {
  const own = Object.entries(params?.shape ?? {}).map(([name, schema]) => [name, z.custom<z.ZodType>().parse(schema)]);
  return { ...Object.fromEntries(own), ...(path.startsWith('/api/v1/') ? { lang: LANGUAGE } : {}) };
}
