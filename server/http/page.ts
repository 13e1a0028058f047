import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { ProblemError } from '../problem.ts';
import { onlyAllow } from './known-calls.ts';

const METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** @param root null if only the API is served */
export function servePage(root: string | null): Router {
  const router = Router();
  if (root !== null) {
    router.use((req, res, next) => {
      if (req.method === 'GET' || req.method === 'HEAD') next();
      else onlyAllow(METHODS, req.method, res);
    });
    // Built files have a hash in their name and never change.
    router.use('/assets', compressed(join(root, 'assets')));
    router.use('/assets', express.static(join(root, 'assets'), { immutable: true, maxAge: '1y', redirect: false }));
    router.use(express.static(root, { index: false, maxAge: 0, redirect: false }));
    router.get('/{*splat}', (req, res, next) => {
      if (isFile(req.path)) next();
      else res.set('Cache-Control', 'no-cache').sendFile(join(root, 'index.html'));
    });
  }
  router.use(missing);
  return router;
}

const BESIDE = { br: '.br', gzip: '.gz' } as const;

/** Of a file that the build has compressed beside itself, that one is sent: smaller than what is compressed while it is sent. */
function compressed(folder: string): RequestHandler {
  return (req, res, next) => {
    // Browsers name gzip first, and mean no order by it.
    const encoding = req.acceptsEncodings('br') || req.acceptsEncodings('gzip');
    if (/^\/[\w.-]+$/u.test(req.path) && (encoding === 'br' || encoding === 'gzip')) {
      const file = `${req.path}${BESIDE[encoding]}`;
      if (existsSync(join(folder, file))) {
        res.set('Content-Encoding', encoding).vary('Accept-Encoding').type(extname(req.path));
        req.url = file;
      }
    }
    next();
  };
}

/** A series may be called anything: `/series/Mr.Right` is a page. */
function isFile(path: string): boolean {
  return path.startsWith('/assets/') || (!path.startsWith('/series/') && /\.[a-z][a-z\d]{1,4}$/iu.test(path));
}

const missing: RequestHandler = (req) => {
  const address = `${req.method} ${req.originalUrl.split('?')[0]}`.slice(0, 300);
  throw new ProblemError('not_found', {
    en: `There is no ${address} here; /api/docs lists every call.`,
    zh: `没有 ${address}；全部接口见 /api/docs。`,
  });
};
