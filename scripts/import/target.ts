/** Where the files go: through a running server of the data folder, or into the folder itself. */
import { statSync } from 'node:fs';
import { readConfig } from '../../server/config.ts';
import {
  type DryRun,
  dryRunSchema,
  type ImportRecord,
  importSchema,
  uploadSchema,
} from '../../server/contract/imports.ts';
import { openDataset } from '../../server/dataset.ts';
import { refuseUnconfirmed } from '../../server/ingest/propose/confidence.ts';
import { nameWithFolders } from '../../server/ingest/propose/name-platform.ts';
import { loadVocabulary } from '../../server/vocabulary/vocabulary.ts';
import type { Language } from '../../server/wording.ts';
import type { GivenFile } from './files.ts';
import type { Choice } from './flags.ts';
import { ImportError } from './language.ts';
import type { ProgressLine } from './progress.ts';
import { caller, runningServer, sending } from './server.ts';

/** What is said of a file's place: its name, and the folders that say something of it. */
const nameOf = ({ path, given }: GivenFile) => nameWithFolders(path, loadVocabulary(), given);

export interface Target {
  /** @throws Error fit to show */
  importFile(file: GivenFile, choice: Choice, progress: ProgressLine, signal: AbortSignal): Promise<ImportRecord>;
  dryRun(file: GivenFile, choice: Choice, progress: ProgressLine, signal: AbortSignal): Promise<DryRun>;
  close(): Promise<void>;
}

/** @param language of what the server refuses */
export async function openTarget(dataFolder: string, language: Language): Promise<Target> {
  const server = await runningServer(dataFolder);
  if (!server) return folderTarget(dataFolder, language);
  // What the server itself says goes first: the token of the environment may be another server's.
  return serverTarget(server.url, server.token ?? process.env.DRAMASCOPE_TOKEN, language);
}

async function folderTarget(dataFolder: string, language: Language): Promise<Target> {
  const config = readConfig({ ...process.env, DRAMASCOPE_DATA: dataFolder });
  const { imports, close, findings } = await openDataset(config);
  for (const finding of findings) console.error(finding[language]);
  const told = (path: string, progress: ProgressLine) => {
    const total = statSync(path).size;
    return { onBytes: (bytes: number) => progress.sent(bytes, total), onPreparing: progress.preparing };
  };
  return {
    importFile: (file, choice, progress, signal) =>
      imports.importFile(file.path, {
        ...choice,
        name: nameOf(file),
        ...told(file.path, progress),
        ...(choice.strict ? { accept: refuseUnconfirmed } : {}),
        onProgress: progress.record,
        signal,
      }),
    dryRun: (file, choice, progress, signal) =>
      imports.dryRunFile(file.path, { ...choice, name: nameOf(file), ...told(file.path, progress), signal }),
    close,
  };
}

const ENDED = { en: 'The import was cancelled or undone.', zh: '导入已取消或撤销。' };

/** Milliseconds between two looks at an import. */
const LOOK = 250;

function serverTarget(url: string, token: string | undefined, language: Language): Target {
  const call = caller(url, token, language);
  const start = async (
    file: GivenFile,
    choice: Choice,
    dryRun: boolean,
    progress: ProgressLine,
    signal: AbortSignal,
  ) => {
    const upload = await call(
      uploadSchema,
      `/uploads?${uploadQuery(file, choice)}`,
      sending(file.path, progress, signal),
    );
    return {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      signal,
      body: JSON.stringify({
        upload_id: upload.upload_id,
        kind: choice.kind,
        // What is left out is what was proposed; said again it would be confirmed.
        map: Object.keys(choice.map).length > 0 ? choice.map : undefined,
        options: choice.options,
        save_profile: choice.saveProfile,
        dry_run: dryRun,
      }),
    };
  };
  return {
    async importFile(file, choice, progress, signal) {
      const request = await start(file, choice, false, progress, signal);
      const { import_id } = await call(
        importSchema,
        `/imports?force=${choice.force}&unconfirmed=${choice.strict ? 'refuse' : 'take'}`,
        request,
      );
      const cancel = () =>
        void call(importSchema, `/imports/${import_id}`, { method: 'DELETE' }).catch(() => undefined);
      signal.addEventListener('abort', cancel, { once: true });
      if (signal.aborted) cancel();
      for (;;) {
        const record = await call(importSchema, `/imports/${import_id}`);
        progress.record(record);
        if (record.status === 'committed') return record;
        if (record.status !== 'queued' && record.status !== 'running')
          throw new ImportError(record.error?.detail ?? ENDED);
        await new Promise((wake) => setTimeout(wake, LOOK));
      }
    },
    dryRun: async (file, choice, progress, signal) =>
      call(dryRunSchema, '/imports', await start(file, choice, true, progress, signal)),
    close: async () => {},
  };
}

function uploadQuery(file: GivenFile, { options, profile }: Choice): URLSearchParams {
  const query = new URLSearchParams({ filename: nameOf(file) });
  for (const option of ['encoding', 'delimiter', 'sheet', 'header_row', 'across'] as const)
    if (options[option] !== undefined) query.set(option, String(options[option]));
  if (profile !== undefined) query.set('profile', profile);
  return query;
}
