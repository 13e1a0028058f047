/** Names that are one: merges, parts, what may be merged, and the way back. */
import { Router } from 'express';
import { z } from 'zod';
import {
  aliasesParams,
  aliasRequestSchema,
  dismissalSchema,
  dismissedPairParams,
  dismissedParams,
  suggestionsParams,
} from '../../contract/aliases.ts';
import { createAliases } from '../../entities/aliases.ts';
import { suggestions } from '../../entities/suggestions.ts';
import { loadVocabulary } from '../../ingest/vocabulary.ts';
import { readGiven } from '../../read-given.ts';
import { askingOf } from '../asking.ts';
import { notModified } from '../caching.ts';
import type { AskedContext } from '../context.ts';

const idParams = z.object({ alias_id: z.string().min(1).max(100) });

export function aliasRoutes(context: AskedContext, vocabulary = loadVocabulary()): Router {
  const { warehouse } = context;
  const router = Router();
  const aliases = createAliases({ warehouse, vocabulary });

  router.get('/aliases', async (req, res) => {
    if (notModified(req, res, warehouse.state().version)) return;
    const { dimension, undone } = readGiven(aliasesParams, req.query);
    res.json({ rows: await aliases.list({ dimension, undone: undone === 'true' }) });
  });

  router.get('/aliases/suggestions', async (req, res) => {
    if (notModified(req, res, warehouse.state().version)) return;
    res.json(await suggestions(warehouse, readGiven(suggestionsParams, req.query), askingOf(req, res, context)));
  });

  router.post('/aliases/preview', async (req, res) => {
    res.json(await aliases.preview(readGiven(aliasRequestSchema, req.body)));
  });

  router.post('/aliases/dismissed', async (req, res) => {
    await aliases.dismiss(readGiven(dismissalSchema, req.body));
    res.status(204).end();
  });

  router.get('/aliases/dismissed', async (req, res) => {
    if (notModified(req, res, warehouse.state().version)) return;
    res.json({ rows: await aliases.dismissed(readGiven(dismissedParams, req.query).dimension) });
  });

  router.delete('/aliases/dismissed', async (req, res) => {
    await aliases.takeBack(readGiven(dismissedPairParams, req.query));
    res.status(204).end();
  });

  router.post('/aliases', async (req, res) => {
    res.status(201).json({ rows: await aliases.merge(readGiven(aliasRequestSchema, req.body)) });
  });

  router.delete('/aliases/:alias_id', async (req, res) => {
    res.json(await aliases.undo(readGiven(idParams, req.params).alias_id));
  });
  return router;
}
