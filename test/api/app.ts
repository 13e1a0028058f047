import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { type AccessSettings, accessOf } from '../../server/access/access.ts';
import type { ImportRecord } from '../../server/contract/imports.ts';
import { type AnswerLimits, answerLimits } from '../../server/http/answer-limits.ts';
import { createApp } from '../../server/http/app.ts';
import { type HttpServer, httpServer, PATIENCE, type Patience } from '../../server/http/listener.ts';
import type { FileImport } from '../../server/ingest/propose/choices.ts';
import { createImports, type Imports } from '../../server/ingest/queue/imports.ts';
import type { KeptFiles } from '../../server/ingest/read/kept-files.ts';
import type { ImportLimits } from '../../server/ingest/read/limits.ts';
import { openState } from '../../server/state/state.ts';
import { loadVocabulary } from '../../server/vocabulary/vocabulary.ts';
import { openDuckDB } from '../../server/warehouse/duckdb/warehouse.ts';
import type { Warehouse } from '../../server/warehouse/warehouse.ts';
import { answering } from '../unanswered.ts';

export interface RunningApp {
  readonly url: string;
  readonly warehouse: Warehouse;
  readonly imports: Imports;
  readonly http: HttpServer;
  /** Where files wait to be imported. */
  readonly uploads: string;
  /** Writes a text as a file and imports it; as increments, where the file leaves that open and nothing is said. */
  importText(filename: string, text: string, how?: FileImport): Promise<ImportRecord>;
  close(): Promise<void>;
}

/** The real app on a free port, over a warehouse in a folder of its own, empty. */
export async function startApp({
  limits,
  answers = answerLimits(30),
  asked = (warehouse) => warehouse,
  access = {},
  patience = {},
  longestStall,
  webRoot = null,
  kept,
  ...options
}: {
  timeZone?: string;
  readers?: number;
  limits?: ImportLimits;
  answers?: AnswerLimits;
  /** What the routes see of the warehouse, to let it fail. */
  asked?: (warehouse: Warehouse) => Warehouse;
  access?: Partial<AccessSettings>;
  patience?: Partial<Patience>;
  longestStall?: number;
  webRoot?: string | null;
  /** Where files that were imported still lie. */
  kept?: KeptFiles;
} = {}): Promise<RunningApp> {
  const folder = mkdtempSync(join(tmpdir(), 'dramascope-api-'));
  const logger = pino({ level: 'silent' });
  const warehouse = await openDuckDB({ path: join(folder, 'test.duckdb'), spill: join(folder, 'spill'), ...options });
  const state = await openState(join(folder, 'state.sqlite'));
  const imports = await createImports({
    warehouse,
    state,
    folders: { uploads: join(folder, 'uploads') },
    vocabulary: loadVocabulary('data/vocabulary'),
    logger,
    ...(limits ? { limits } : {}),
    ...(kept ? { kept } : {}),
  });
  const folders = {
    dataFolder: folder,
    databaseFile: join(folder, 'test.duckdb'),
    uploadFolder: join(folder, 'uploads'),
  };
  const app = createApp({
    ...{ imports, folders, logger, webRoot, ready: () => true, limits: answers },
    warehouse: asked(warehouse),
    access: accessOf({ host: '127.0.0.1', hosts: [], ...access }),
    ...(longestStall === undefined ? {} : { longestStall }),
  });
  const http = httpServer(app, { ...PATIENCE, ...patience });
  const { server } = http;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    warehouse,
    imports,
    http,
    uploads: folders.uploadFolder,
    importText(filename, text, how = {}) {
      const path = join(folder, filename);
      writeFileSync(path, text);
      return answering(how, (said) => imports.importFile(path, said));
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await imports.close();
      state.close();
      await warehouse.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
