/** The imports of a data folder: through its running server, or out of the folder itself. */
import { basename } from 'node:path';
import { readConfig } from '../../server/config.ts';
import { type ImportRecord, importSchema, importsSchema, uploadSchema } from '../../server/contract/imports.ts';
import {
  type OutdatedImport,
  outdatedImportsSchema,
  type RereadTrial,
  rereadTrialSchema,
} from '../../server/contract/outdated.ts';
import { openDataset } from '../../server/dataset.ts';
import type { Language } from '../../server/wording.ts';
import { caller, runningServer, sending } from '../import/server.ts';

export interface Ledger {
  imports(): Promise<readonly ImportRecord[]>;
  outdated(): Promise<readonly OutdatedImport[]>;
  tryReread(importId: string, path: string): Promise<RereadTrial>;
  /** Waits for its end. @param path null where the server has the file */
  reread(importId: string, path: string | null): Promise<ImportRecord>;
  close(): Promise<void>;
}

/** Milliseconds between two looks at an import. */
const LOOK = 100;

export async function openLedger(dataFolder: string, language: Language): Promise<Ledger> {
  const server = await runningServer(dataFolder);
  return server
    ? serverLedger(server.url, server.token ?? process.env.DRAMASCOPE_TOKEN, language)
    : folderLedger(dataFolder, language);
}

async function untilEnd(look: () => Promise<ImportRecord>): Promise<ImportRecord> {
  for (;;) {
    const record = await look();
    if (record.status !== 'queued' && record.status !== 'running') return record;
    await new Promise((wake) => setTimeout(wake, LOOK));
  }
}

async function folderLedger(dataFolder: string, language: Language): Promise<Ledger> {
  const { imports, close, findings } = await openDataset(readConfig({ ...process.env, DRAMASCOPE_DATA: dataFolder }));
  for (const finding of findings) console.error(finding[language]);
  return {
    imports: () => imports.list(),
    outdated: () => imports.outdated(),
    tryReread: (id, path) => imports.tryReread(id, { path }),
    async reread(id, path) {
      const { import_id } = await imports.reread(id, path === null ? {} : { path });
      return untilEnd(() => imports.get(import_id));
    },
    close,
  };
}

function serverLedger(url: string, token: string | undefined, language: Language): Ledger {
  const call = caller(url, token, language);
  const sent = new Map<string, string>();
  /** The same bytes are sent once. */
  const uploaded = async (path: string) => {
    const known = sent.get(path);
    if (known !== undefined) return known;
    const query = new URLSearchParams({ filename: basename(path) });
    const { upload_id } = await call(uploadSchema, `/uploads?${query}`, sending(path));
    sent.set(path, upload_id);
    return upload_id;
  };
  const again = (body: object) => ({
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return {
    imports: async () => (await call(importsSchema, '/imports')).rows,
    outdated: async () => (await call(outdatedImportsSchema, '/imports?outdated=true')).rows,
    tryReread: async (id, path) =>
      call(rereadTrialSchema, `/imports/${id}/reread`, again({ upload_id: await uploaded(path), dry_run: true })),
    async reread(id, path) {
      const body = path === null ? {} : { upload_id: await uploaded(path) };
      const { import_id } = await call(importSchema, `/imports/${id}/reread`, again(body));
      if (path !== null) sent.delete(path);
      return untilEnd(() => call(importSchema, `/imports/${import_id}`));
    },
    close: async () => {},
  };
}
