import { Router } from 'express';
import { z } from 'zod';
import { ENDPOINTS } from '../../contract/endpoints.ts';
import { dimensionIdSchema } from '../../contract/query.ts';
import { canonicalMembers } from '../../ledger/names/canonical-members.ts';
import { catalog, members } from '../../metrics/analyses/catalog.ts';
import { foundMembers } from '../../metrics/analyses/found-members.ts';
import { engineOf } from '../../metrics/language/engine.ts';
import { duckdbDialect } from '../../metrics/sql/duckdb.ts';
import { readGiven } from '../../read-given.ts';
import { loadOutlookTables } from '../../vocabulary/holidays.ts';
import { storageOf } from '../../warehouse/storage.ts';
import { askingOf } from '../asking.ts';
import { notModified } from '../caching.ts';
import { type AppContext, languageOf } from '../context.ts';
import { formatFor, sendAnswer } from '../formats/negotiate.ts';
import { membersTable } from '../formats/table.ts';
import { paramsOf, serve } from '../serve.ts';

const dimensionParams = z.object({ dimension: dimensionIdSchema });

/** @param tables default: from `data/vocabulary` */
export function catalogRoutes(context: AppContext, tables = loadOutlookTables()): Router {
  const router = Router();
  serve(router, ENDPOINTS.catalog, async (req, res) => {
    if (notModified(req, res, context.warehouse.state().version)) return;
    const language = languageOf(req);
    res.json(
      await context.warehouse.read(
        (session) => catalog(engineOf(session, duckdbDialect, language), tables.holidays),
        askingOf(req, res, context),
      ),
    );
  });
  serve(router, ENDPOINTS.members, async (req, res) => {
    const format = formatFor(req);
    if (notModified(req, res, context.warehouse.state().version)) return;
    const { dimension } = readGiven(dimensionParams, req.params);
    const { search, limit, ids } = paramsOf(ENDPOINTS.members, req);
    const language = languageOf(req);
    const answer = await context.warehouse.read(
      (session) =>
        members(engineOf(session, duckdbDialect, language), dimension, { search: search.trim(), limit, ids }),
      askingOf(req, res, context),
    );
    await sendAnswer(req, res, format, { answer, table: () => membersTable(answer) });
  });
  serve(router, ENDPOINTS.foundMembers, async (req, res) => {
    if (notModified(req, res, context.warehouse.state().version)) return;
    const asked = paramsOf(ENDPOINTS.foundMembers, req);
    const language = languageOf(req);
    res.json(
      await context.warehouse.read(
        async (session) =>
          foundMembers(engineOf(session, duckdbDialect, language), await canonicalMembers(session, asked)),
        askingOf(req, res, context),
      ),
    );
  });
  // Not cached: rejected lines and waiting uploads change without a new data version.
  serve(router, ENDPOINTS.storage, async (req, res) => {
    res.json(
      await context.warehouse.read((session) => storageOf(session, context.folders), askingOf(req, res, context)),
    );
  });
  return router;
}
