import { z } from 'zod';

/** Content types of answers. */
export const CONTENT = {
  json: 'application/json',
  arrow: 'application/vnd.apache.arrow.stream',
  csv: 'text/csv',
  parquet: 'application/vnd.apache.parquet',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  events: 'text/event-stream',
  html: 'text/html',
} as const;

/** The first is the default. */
export const TABULAR_TYPES: readonly string[] = [
  CONTENT.json,
  CONTENT.arrow,
  CONTENT.csv,
  CONTENT.parquet,
  CONTENT.xlsx,
];

export interface Endpoint {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** From the root, with names in braces: `/api/v1/imports/{id}`. */
  readonly path: string;
  readonly tag: 'Query' | 'Analyses' | 'Figures' | 'Imports' | 'Names' | 'Service';
  readonly summary: string;
  readonly description: string;
  /** Besides `lang` and `download`. */
  readonly params?: z.ZodObject;
  /** For the document, if it shows parameters otherwise than `params` reads them. */
  readonly documented?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer?: z.ZodType;
  /** Default 200. */
  readonly status?: number;
  /** Default JSON. */
  readonly types?: readonly string[];
  /** Else parameters that are not named here are refused. */
  readonly anyParams?: boolean;
}

export const LANGUAGE = z.enum(['zh', 'en']).optional();

/** Any other parameter is refused. */
export function queryParameters({
  path,
  params,
  documented = params,
  types,
}: Endpoint): Readonly<Record<string, z.ZodType>> {
  const own = Object.entries(documented?.shape ?? {}).map(([name, schema]) => [
    name,
    z.custom<z.ZodType>().parse(schema),
  ]);
  return {
    ...Object.fromEntries(own),
    // `?download=name` makes a file of the answer.
    ...(types === TABULAR_TYPES ? { download: z.string().optional() } : {}),
    ...(path.startsWith('/api/v1/') && params?.shape.lang === undefined ? { lang: LANGUAGE } : {}),
  };
}

type Described = Pick<Endpoint, 'summary' | 'description'>;

/** `path` is below `/api/v1`. */
export const analysis = <const Path extends string, P extends z.ZodObject, A extends z.ZodType>(
  path: Path,
  call: Described & { readonly params: P; readonly answer: A },
) => ({
  ...call,
  method: 'get' as const,
  path: `/api/v1${path}` as const,
  tag: 'Analyses' as const,
  types: TABULAR_TYPES,
});
