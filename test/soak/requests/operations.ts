/** Every call as the OpenAPI document tells it, with what its answer must look like. */
import { z } from 'zod';
import { OPERATIONS, openApiDocument } from '../../../server/http/openapi/document.ts';
import { type Schema, schemaShape } from './values.ts';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly place: 'path' | 'query'; readonly schema: Schema }[];
  readonly body: Schema | null;
  /** Content types that it can answer. */
  readonly types: readonly string[];
  /** Holds a JSON answer; null if the document does not say. */
  readonly answer: z.ZodType | null;
}

const operation = z.object({
  parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query']), schema: schemaShape })),
  requestBody: z.object({ content: z.object({ 'application/json': z.object({ schema: schemaShape }) }) }).optional(),
});

export const CALLS: readonly Call[] = Object.entries(openApiDocument().paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => {
    const { parameters, requestBody } = operation.parse(described);
    const own = OPERATIONS.find((one) => one.path === path && one.method === method);
    return {
      method: method.toUpperCase(),
      path,
      parameters: parameters.map(({ name, in: place, schema }) => ({ name, place, schema })),
      body: requestBody?.content['application/json'].schema ?? null,
      types: own?.types ?? ['application/json'],
      answer: own?.answer ?? null,
    };
  }),
);

export const callOf = (method: string, path: string): Call | undefined =>
  CALLS.find((one) => one.method === method && one.path === path);
