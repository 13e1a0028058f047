/** Accepted imports are written down before they are promised, so that a crash cannot make one vanish unseen. */
import { z } from 'zod';
import { importSchema } from '../contract/imports.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { findEntry, type HistoryEntry, insertEntry, nextImportNo } from './history.ts';
import { keySource } from './keys.ts';

/** Where accepted imports wait for their end; survives the process. */
export interface ImportJournal {
  add(importId: string, entry: string): Promise<void>;
  remove(importId: string): Promise<void>;
  /** In the order in which they were accepted. */
  list(): Promise<readonly string[]>;
}

const promisedSchema = z.object({
  record: importSchema,
  mode: z.string(),
  viewsAre: z.string(),
  options: z.string(),
});
export type Promised = z.infer<typeof promisedSchema>;

/** Adds an import that reached its end without a commit to the history. */
export function recordEnd(warehouse: Warehouse, { record, mode, viewsAre, options }: Promised): Promise<void> {
  return warehouse.write(
    async (session) => {
      const entry: HistoryEntry = {
        ...record,
        importNo: await nextImportNo(session),
        sourceKey: await keySource(session, record.source),
        mode,
        viewsAre,
        options,
      };
      await insertEntry(session, entry);
    },
    { quiet: true },
  );
}

/** What an import that a stop cut off is told as. */
export const INTERRUPTED = {
  code: 'interrupted',
  detail: {
    en: 'The server was stopped before this import was done; nothing of it was kept, nor the uploaded file. Import the file again.',
    zh: '服务器在导入完成前停止，没有写入任何数据，上传的文件也未保留。请重新导入。',
  },
} as const;

/** Brings what a killed process left in the journal into the history, as failed. */
export async function recoverJournal(warehouse: Warehouse, journal: ImportJournal, now: Date): Promise<void> {
  for (const text of await journal.list()) {
    const left = promisedSchema.parse(JSON.parse(text));
    const id = left.record.import_id;
    // It may have been committed in the very moment before the end.
    const known = await warehouse.read((session) => findEntry(session, id));
    if (!known)
      await recordEnd(warehouse, {
        ...left,
        record: {
          ...left.record,
          status: 'failed',
          phase: null,
          queue_position: null,
          error: { ...INTERRUPTED },
          finished_at: now.toISOString(),
        },
      });
    await journal.remove(id);
  }
}
