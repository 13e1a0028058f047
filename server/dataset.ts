/** A data folder, opened: the engine, the state beside it and its imports. */
import { mkdirSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { createImports, type Imports } from './ingest/imports.ts';
import { loadVocabulary } from './ingest/vocabulary.ts';
import { openState, type State } from './state/state.ts';
import { openDuckDB } from './warehouse/duckdb/warehouse.ts';
import type { Warehouse } from './warehouse/warehouse.ts';

export interface Dataset {
  readonly warehouse: Warehouse;
  readonly state: State;
  readonly imports: Imports;
  /** Stops what runs and closes everything, with a checkpoint. */
  close(): Promise<void>;
}

/**
 * @param resume whether to go on with the imports that a server before had accepted: a server does, a command does not
 * @throws Error where another process has the folder open, or a newer Dramascope wrote it
 */
export async function openDataset(config: Config, logger?: Logger, resume = false): Promise<Dataset> {
  for (const folder of [config.dataFolder, config.uploadFolder, config.spillFolder])
    mkdirSync(folder, { recursive: true });
  const warehouse = await openDuckDB({
    path: config.databaseFile,
    ...(config.timeZone === undefined ? {} : { timeZone: config.timeZone }),
    spill: config.spillFolder,
    ...(config.memory === undefined ? {} : { memory: config.memory }),
    ...(config.threads === undefined ? {} : { threads: config.threads }),
  });
  // After the engine: its lock says that no other process has the folder.
  const state = await openState(config.stateFile);
  const imports = await createImports({
    warehouse,
    state,
    folders: { uploads: config.uploadFolder },
    vocabulary: loadVocabulary(),
    limits: config.limits,
    resume,
    ...(logger ? { logger } : {}),
  });
  return {
    warehouse,
    state,
    imports,
    async close() {
      await imports.close();
      state.close();
      await warehouse.close();
    },
  };
}
