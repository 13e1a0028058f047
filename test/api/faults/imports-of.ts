import { createImports, type Imports } from '../../../server/ingest/queue/imports.ts';
import { openState } from '../../../server/state/state.ts';
import { loadVocabulary } from '../../../server/vocabulary/vocabulary.ts';
import { openDuckDB } from '../../../server/warehouse/duckdb/warehouse.ts';

/** The imports of a data folder, for a process that is to be killed. */
export async function importsOf(folder: string): Promise<{ readonly imports: Imports; close(): Promise<void> }> {
  const warehouse = await openDuckDB({ path: `${folder}/dramascope.duckdb` });
  const state = await openState(`${folder}/state.sqlite`);
  const imports = await createImports({
    warehouse,
    state,
    folders: { uploads: `${folder}/uploads` },
    vocabulary: loadVocabulary(),
  });
  const close = async () => {
    await imports.close();
    state.close();
    await warehouse.close();
  };
  return { imports, close };
}
