import compression from 'compression';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { CONTENT } from '../contract/endpoint.ts';
import { ProblemError } from '../problem.ts';
import { createRenderer } from '../render/renderer.ts';
import { loadOutlookTables } from '../vocabulary/holidays.ts';
import { callsOf } from './calls.ts';
import type { AppContext } from './context.ts';
import { guardSources, guardToken } from './guard.ts';
import { jsonBodies, knownMethods } from './known-calls.ts';
import { knownParameters } from './known-parameters.ts';
import { servePage } from './page.ts';
import { problemHandler } from './problem.ts';
import { aliasRoutes } from './routes/aliases.ts';
import { analysisRoutes } from './routes/analyses.ts';
import { catalogRoutes } from './routes/catalog.ts';
import { deckRoutes } from './routes/decks.ts';
import { figurePages } from './routes/figure-pages.ts';
import { figureRoutes } from './routes/figures.ts';
import { importRoutes } from './routes/imports.ts';
import { openApiRoutes } from './routes/openapi.ts';
import { profileRoutes } from './routes/profiles.ts';
import { queryRoutes } from './routes/query.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { continueBody, stalledBodies } from './stalled-bodies.ts';

export function createApp(context: AppContext): Express {
  const app = express();
  const calls = callsOf();
  const renderer = createRenderer();
  const holidays = loadOutlookTables();
  app.disable('x-powered-by');
  // ETags come from the data version (caching.ts), not from hashing answers.
  app.set('etag', false);
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          imgSrc: ["'self'", 'data:', 'blob:'],
          styleSrc: ["'self'", "'unsafe-inline'"],
          // Served over plain http on one's own machine: asking for https would break the page.
          upgradeInsecureRequests: null,
        },
      },
      strictTransportSecurity: false,
      // Like `no-referrer`, but that one would leave our own form without an origin.
      referrerPolicy: { policy: 'same-origin' },
    }),
  );
  app.use(
    compression({
      filter: (req, res) => res.getHeader('Content-Type') === CONTENT.arrow || compression.filter(req, res),
    }),
  );
  app.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  app.get('/readyz', async (_req, res) => {
    const loaded = context.ready();
    const alive = await context.warehouse.alive().then(
      () => true,
      (thrown: unknown) => {
        context.logger.error({ err: thrown }, 'the engine does not answer');
        return false;
      },
    );
    const reason = alive
      ? 'the demo is being imported'
      : 'the data cannot be opened; the log of the server has the cause';
    res.status(loaded && alive ? 200 : 503).json(loaded && alive ? { ready: true } : { ready: false, reason });
  });
  app.use(
    guardSources(context.access.hosts),
    stalledBodies(context.longestStall),
    signInRoutes(context.access.gate),
    guardToken(context.access),
    knownMethods(calls),
    continueBody(),
  );
  app.use(
    '/api/v1',
    knownParameters(),
    jsonBodies(calls),
    importRoutes(context),
    express.json({ limit: '1mb' }),
    profileRoutes(context),
    catalogRoutes(context),
    queryRoutes(context),
    analysisRoutes(context),
    aliasRoutes(context),
    figureRoutes(context, renderer, holidays),
    deckRoutes(context, renderer),
  );
  app.use(openApiRoutes());
  app.use('/api', (req) => {
    const call = `${req.method} ${req.originalUrl.split('?')[0]}`;
    throw new ProblemError('not_found', {
      en: `There is no ${call} here; /api/docs lists every call.`,
      zh: `没有接口 ${call}；全部接口见 /api/docs。`,
    });
  });
  app.use(figurePages(context, renderer, holidays));
  app.use(servePage(context.webRoot));
  app.use(problemHandler(context.logger));
  return app;
}
