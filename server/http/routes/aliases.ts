import { Router } from 'express';
import { z } from 'zod';
import { ENDPOINTS } from '../../contract/endpoints.ts';
import { createAliases } from '../../ledger/names/merging.ts';
import { suggestions } from '../../ledger/names/suggestions.ts';
import { readGiven } from '../../read-given.ts';
import { loadVocabulary } from '../../vocabulary/vocabulary.ts';
import { askingOf } from '../asking.ts';
import { notModified } from '../caching.ts';
import type { AskedContext } from '../context.ts';
import { bodyOf, paramsOf, serve } from '../serve.ts';

const idParams = z.object({ alias_id: z.string().min(1).max(100) });

export function aliasRoutes(context: AskedContext, vocabulary = loadVocabulary()): Router {
  const { warehouse } = context;
  const router = Router();
  const aliases = createAliases({ warehouse, vocabulary });

  serve(router, ENDPOINTS.aliases, async (req, res) => {
    if (notModified(req, res, warehouse.state().version)) return;
    const { dimension, undone } = paramsOf(ENDPOINTS.aliases, req);
    res.json({ rows: await aliases.list({ dimension, undone: undone === 'true' }) });
  });

  serve(router, ENDPOINTS.suggestions, async (req, res) => {
    if (notModified(req, res, warehouse.state().version)) return;
    res.json(await suggestions(warehouse, paramsOf(ENDPOINTS.suggestions, req), askingOf(req, res, context)));
  });

  serve(router, ENDPOINTS.previewAlias, async (req, res) => {
    res.json(await aliases.preview(bodyOf(ENDPOINTS.previewAlias, req)));
  });

  serve(router, ENDPOINTS.dismiss, async (req, res) => {
    await aliases.dismiss(bodyOf(ENDPOINTS.dismiss, req));
    res.status(204).end();
  });

  serve(router, ENDPOINTS.dismissed, async (req, res) => {
    if (notModified(req, res, warehouse.state().version)) return;
    res.json({ rows: await aliases.dismissed(paramsOf(ENDPOINTS.dismissed, req).dimension) });
  });

  serve(router, ENDPOINTS.takeBack, async (req, res) => {
    await aliases.takeBack(paramsOf(ENDPOINTS.takeBack, req));
    res.status(204).end();
  });

  serve(router, ENDPOINTS.merge, async (req, res) => {
    res.status(201).json({ rows: await aliases.merge(bodyOf(ENDPOINTS.merge, req)) });
  });

  serve(router, ENDPOINTS.undoAlias, async (req, res) => {
    res.json(await aliases.undo(readGiven(idParams, req.params).alias_id));
  });
  return router;
}
