import type { Request } from 'express';
import type { Endpoint } from '../contract/endpoint.ts';
import { OPERATIONS } from './openapi/document.ts';

interface Call {
  readonly operation: Endpoint;
  readonly path: RegExp;
  readonly names: number;
}

export interface Calls {
  /** HEAD finds GET. */
  find(req: Request): Endpoint | undefined;
  /** As for `Allow`; empty if there is no such path. */
  methods(req: Request): readonly string[];
}

export function callsOf(operations: readonly Endpoint[] = OPERATIONS): Calls {
  // `/aliases/{id}` fits `/aliases/preview` too, so fixed paths come first.
  const calls = operations.map(callOf).toSorted((a, b) => a.names - b.names);
  return {
    find(req) {
      const method = req.method === 'HEAD' ? 'get' : req.method.toLowerCase();
      const path = pathOf(req);
      return calls.find((one) => one.operation.method === method && one.path.test(path))?.operation;
    },
    methods(req) {
      const path = pathOf(req);
      const known = new Set(calls.filter((one) => one.path.test(path)).map((one) => one.operation.method));
      return allowed([...known]);
    },
  };
}

/** @param methods in small letters */
export function allowed(methods: readonly Endpoint['method'][]): readonly string[] {
  if (methods.length === 0) return [];
  return [...methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])), 'OPTIONS'];
}

const pathOf = (req: Request): string => req.originalUrl.split('?')[0] ?? '';

function callOf(operation: Endpoint): Call {
  const parts = operation.path.split(/\{\w+\}/);
  return { operation, path: new RegExp(`^${parts.join('[^/]+')}/?$`, 'iu'), names: parts.length - 1 };
}
