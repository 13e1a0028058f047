/** Uploads and imports over HTTP. Mounted before the app's JSON parser: an upload's body is streamed as it comes. */
import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import {
  acrossSchema,
  delimiterSchema,
  fileKindSchema,
  headerRowSchema,
  type ImportRecord,
  importRequestSchema,
  mappingSchema,
} from '../../contract/imports.ts';
import { rereadRequestSchema } from '../../contract/outdated.ts';
import { json } from '../../contract/params.ts';
import { rejectsCsv } from '../../ingest/rejects-csv.ts';
import { readGiven } from '../../read-given.ts';
import { type AppContext, clientGone, languageOf } from '../context.ts';
import { sendPieces } from '../formats/send.ts';

const flag = z.enum(['true', 'false']).default('false');
/** Encoding, delimiter, sheet, header row and layout decide how the file is read, so that they can be said with the upload, too. */
const readingQuery = z.object({
  encoding: z.string().min(1).max(40).optional(),
  delimiter: delimiterSchema.optional(),
  sheet: z.string().min(1).max(255).optional(),
  header_row: z
    .string()
    .regex(/^\d{1,7}$/u, 'line_number')
    .transform(Number)
    .pipe(headerRowSchema)
    .optional(),
  across: acrossSchema.optional(),
  /** A saved profile's name; empty for none. Left out, the one whose header matches. */
  profile: z.string().max(120).optional(),
});
/** What was chosen, so that all that is proposed is judged for it: the mapping as JSON, as `POST /imports` takes it. */
const againQuery = readingQuery.extend({
  kind: fileKindSchema.optional(),
  mapping: json(mappingSchema).optional(),
});
const uploadQuery = readingQuery.extend({ filename: z.string().min(1).max(1000) });
/** `unconfirmed=refuse`: nothing is taken unseen that somebody would be asked about. */
const startQuery = z.object({ force: flag, unconfirmed: z.enum(['take', 'refuse']).default('take') });
/** `first`: some as JSON, to be shown. `lines`: the header and the rejected lines as they stood, to be mended and imported again. */
const rejectsQuery = z.object({ format: z.enum(['table', 'lines', 'first']).default('table') });
/** `outdated`: only those that today's rules would read differently, with what differs. */
const listQuery = z.object({ outdated: flag });
const idParams = z.object({ id: z.string().min(1).max(100) });

/** Rejects that are shown. */
const FIRST = 10;

/** A comment line this often keeps proxies from closing a quiet stream of events. */
const HEARTBEAT = 15_000;

export function importRoutes({ imports }: Pick<AppContext, 'imports'>): Router {
  const router = Router();
  const asJson = express.json({ limit: '1mb' });

  router.post('/uploads', async (req, res) => {
    const { filename, ...reading } = readGiven(uploadQuery, req.query);
    const declared = Number(req.headers['content-length'] ?? 0);
    res.status(201).json(await imports.upload(req, filename, { ...saidOf(reading), declared }, clientGone(res)));
  });

  router.get('/uploads/:id', async (req, res) => {
    const { id } = readGiven(idParams, req.params);
    const { kind, mapping, ...reading } = readGiven(againQuery, req.query);
    const upload = await imports.readAgain(id, { ...saidOf(reading), kind, mapping }, clientGone(res));
    res.set('Cache-Control', 'no-store').json(upload);
  });

  router.post('/imports', asJson, async (req, res) => {
    const { force, unconfirmed } = readGiven(startQuery, req.query);
    const request = readGiven(importRequestSchema, req.body);
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

  router.get('/imports', async (req, res) => {
    const { outdated } = readGiven(listQuery, req.query);
    res.json({ rows: outdated === 'true' ? await imports.outdated() : await imports.list() });
  });

  router.post('/imports/:id/reread', asJson, async (req, res) => {
    const { id } = readGiven(idParams, req.params);
    const { upload_id: uploadId, dry_run: dry } = readGiven(rereadRequestSchema, req.body);
    if (dry) {
      res.json(await imports.tryReread(id, { uploadId }, clientGone(res)));
      return;
    }
    const record = await imports.reread(id, { uploadId });
    res.status(202).location(`/api/v1/imports/${record.import_id}`).json(record);
  });

  router.delete('/imports', async (req, res) => {
    readGiven(z.object({ synthetic: z.literal('true') }), req.query);
    res.json({ rows: await imports.removeDemo() });
  });

  router.get('/imports/:id', async (req, res) => {
    res.json(await imports.get(readGiven(idParams, req.params).id));
  });

  router.delete('/imports/:id', async (req, res) => {
    res.json(await imports.remove(readGiven(idParams, req.params).id));
  });

  router.get('/imports/:id/rejects', async (req, res) => {
    const { id } = readGiven(idParams, req.params);
    const { format } = readGiven(rejectsQuery, req.query);
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

  router.get('/imports/:id/events', async (req, res) => {
    const { id } = readGiven(idParams, req.params);
    // Asked first: an import that does not exist is a problem answer, not a stream.
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
    // What ended between the look and the watching would else never be told.
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

function saidOf({ encoding, delimiter, sheet, header_row, across, profile }: z.infer<typeof readingQuery>) {
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
