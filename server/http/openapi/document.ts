import { z } from 'zod';
import { type Endpoint, queryParameters } from '../../contract/endpoint.ts';
import { ENDPOINTS } from '../../contract/endpoints.ts';
import { PROBLEM_STATUS, problemSchema } from '../../contract/problem.ts';

export const OPERATIONS: readonly Endpoint[] = Object.values(ENDPOINTS);

/** Used only if the server has a token (DRAMASCOPE_TOKEN). */
const SECURITY_SCHEMES = {
  token: { type: 'http', scheme: 'bearer', description: 'What DRAMASCOPE_TOKEN is set to.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'dramascope_*',
    description: 'The cookie that signing in at /sign-in sets; its name differs from server to server.',
  },
};

export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Dramascope',
      version: '1',
      description:
        'Analytics of micro-drama viewership. Errors are RFC 9457 problem+json with a stable code. A server that has a token answers 401 `unauthorized` without it; one that is asked under a name it does not have 403 `host_not_allowed`; a page of another site that would change something 403 `origin_not_allowed`; another method than those listed 405 with Allow.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    // One of them, or none if the server has no token.
    security: [{ token: [] }, { session: [] }, {}],
    components: { schemas: { Problem: schemaOf(problemSchema) }, securitySchemes: SECURITY_SCHEMES },
    'x-problem-codes': PROBLEM_STATUS,
  };
}

/** The input side of transforms. */
const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

function describe(operation: Endpoint) {
  const { summary, description, tag, body, answer, status = 200, types = ['application/json'] } = operation;
  const named = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const asked = Object.entries(queryParameters(operation)).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: schemaOf(schema),
  }));
  const content = Object.fromEntries(
    types.map((type) => [type, type === 'application/json' && answer ? { schema: schemaOf(answer) } : {}]),
  );
  return {
    tags: [tag],
    summary,
    description,
    parameters: [...named, ...asked],
    ...(operation.path.startsWith('/api/') ? {} : { security: [] }),
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } } } : {}),
    responses: {
      [status]: { description: 'Success', ...(answer || operation.types ? { content } : {}) },
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}
