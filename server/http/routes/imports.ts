/** Mounted before the JSON parser: an upload's body is streamed. */
import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { ENDPOINTS } from '../../contract/endpoints.ts';
import type { readingParams } from '../../contract/import-params.ts';
import type { ImportRecord } from '../../contract/imports.ts';
import { rejectsCsv } from '../../ingest/queue/rejects-csv.ts';
import { readGiven } from '../../read-given.ts';
import { type AppContext, clientGone, languageOf } from '../context.ts';
import { sendPieces } from '../formats/send.ts';
import { bodyOf, paramsOf, serve } from '../serve.ts';

const idParams = z.object({ id: z.string().min(1).max(100) });

const FIRST = 10;

/** A comment this often keeps proxies from closing a quiet event stream. */
const HEARTBEAT = 15_000;

export function importRoutes({ imports }: Pick<AppContext, 'imports'>): Router {
  const router = Router();
  const asJson = express.json({ limit: '1mb' });

  serve(router, ENDPOINTS.upload, async (req, res) => {
    const { filename, ...reading } = paramsOf(ENDPOINTS.upload, req);
    const declared = Number(req.headers['content-length'] ?? 0);
    res.status(201).json(await imports.upload(req, filename, { ...saidOf(reading), declared }, clientGone(res)));
  });

  serve(router, ENDPOINTS.readUpload, async (req, res) => {
    const { id } = readGiven(idParams, req.params);
    const { kind, mapping, ...reading } = paramsOf(ENDPOINTS.readUpload, req);
    const upload = await imports.readAgain(id, { ...saidOf(reading), kind, mapping }, clientGone(res));
    res.set('Cache-Control', 'no-store').json(upload);
  });

  serve(router, ENDPOINTS.startImport, asJson, async (req, res) => {
    const { force, unconfirmed } = paramsOf(ENDPOINTS.startImport, req);
    const request = bodyOf(ENDPOINTS.startImport, req);
    if (request.dry_run) {
      res.json(await imports.dryRun(request, clientGone(res)));
      return;
    }
    const record = await imports.start(request, {
      force: force === 'true',
      strict: unconfirmed === 'refuse',
      signal: clientGone(res),
    });
    res.status(202).location(`/api/v1/imports/${record.import_id}`).json(record);
  });

  serve(router, ENDPOINTS.imports, async (req, res) => {
    const { outdated } = paramsOf(ENDPOINTS.imports, req);
    res.json({ rows: outdated === 'true' ? await imports.outdated() : await imports.list() });
  });

  serve(router, ENDPOINTS.reread, asJson, async (req, res) => {
    const { id } = readGiven(idParams, req.params);
    const { upload_id: uploadId, dry_run: dry } = bodyOf(ENDPOINTS.reread, req);
    if (dry) {
      res.json(await imports.tryReread(id, { uploadId }, clientGone(res)));
      return;
    }
    const record = await imports.reread(id, { uploadId });
    res.status(202).location(`/api/v1/imports/${record.import_id}`).json(record);
  });

  serve(router, ENDPOINTS.removeDemo, async (req, res) => {
    paramsOf(ENDPOINTS.removeDemo, req);
    res.json({ rows: await imports.removeDemo() });
  });

  serve(router, ENDPOINTS.importRecord, async (req, res) => {
    res.json(await imports.get(readGiven(idParams, req.params).id));
  });

  serve(router, ENDPOINTS.removeImport, async (req, res) => {
    res.json(await imports.remove(readGiven(idParams, req.params).id));
  });

  serve(router, ENDPOINTS.rejects, async (req, res) => {
    const { id } = readGiven(idParams, req.params);
    const { format } = paramsOf(ENDPOINTS.rejects, req);
    if (format === 'lines') {
      const { text, filename, lines, leftOut } = await imports.rejectedLines(id);
      res.attachment(filename).type('text/csv; charset=utf-8');
      res.set({ 'X-Rejects-Kept': String(lines), 'X-Rejects-Left-Out': String(leftOut) });
      await sendPieces(res, withMark(text));
      return;
    }
    if (format === 'first') {
      const first = await imports.rejects(id, FIRST);
      res.json({ rows: first.map(({ line, column, value, reason }) => ({ line, column, value, reason })) });
      return;
    }
    const pages = await imports.rejectPages(id);
    res
      .type('text/csv; charset=utf-8')
      .set('Content-Disposition', `attachment; filename="rejects-${encodeURIComponent(id)}.csv"`);
    await sendPieces(res, rejectsCsv(pages, languageOf(req)));
  });

  serve(router, ENDPOINTS.importEvents, async (req, res) => {
    const { id } = readGiven(idParams, req.params);
    // Asked first: an import that does not exist is a problem, not a stream.
    const record = await imports.get(id);
    if (req.method === 'HEAD') {
      res.status(200).set(EVENT_HEADERS).end();
      return;
    }
    const unwatch = streamEvents(req, res, (listener) => imports.watch(id, listener));
    send(res, record);
    if (isFinal(record)) {
      unwatch();
      res.end();
      return;
    }
    // An import that ended before the watching began would never be reported.
    const now = await imports.get(id);
    if (isFinal(now) && !res.writableEnded) {
      send(res, now);
      unwatch();
      res.end();
    }
  });

  return router;
}

async function* withMark(text: AsyncIterable<string>): AsyncGenerator<string> {
  yield '\uFEFF';
  yield* text;
}

function saidOf({ encoding, delimiter, sheet, header_row, across, profile }: z.output<typeof readingParams>) {
  const options = {
    ...(encoding ? { encoding } : {}),
    ...(delimiter ? { delimiter } : {}),
    ...(sheet ? { sheet } : {}),
    ...(header_row === undefined ? {} : { header_row }),
    ...(across ? { across } : {}),
  };
  return { options, profile };
}

const isFinal = (record: ImportRecord) => record.status !== 'queued' && record.status !== 'running';

const EVENT_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
};

function send(res: Response, record: ImportRecord): void {
  res.write(`event: progress\ndata: ${JSON.stringify(record)}\n\n`);
}

function streamEvents(
  req: Request,
  res: Response,
  watch: (listener: (record: ImportRecord) => void) => () => void,
): () => void {
  res.status(200).set(EVENT_HEADERS);
  res.flushHeaders();
  const heartbeat = setInterval(() => res.write(': still here\n\n'), HEARTBEAT);
  const stop = watch((record) => {
    if (res.writableEnded) return;
    send(res, record);
    if (!isFinal(record)) return;
    unwatch();
    res.end();
  });
  const unwatch = () => {
    clearInterval(heartbeat);
    stop();
  };
  req.on('close', unwatch);
  return unwatch;
}
