/** A process of its own that imports files into a folder, to be killed: `child.ts FOLDER FILE...`. */
import { createImports } from '../../../server/ingest/imports.ts';
import { loadVocabulary } from '../../../server/ingest/vocabulary.ts';
import { openState } from '../../../server/state/state.ts';
import { openDuckDB } from '../../../server/warehouse/duckdb/warehouse.ts';

const [folder = '', ...files] = process.argv.slice(2);
const warehouse = await openDuckDB({ path: `${folder}/dramascope.duckdb` });
const state = await openState(`${folder}/state.sqlite`);
const imports = await createImports({
  warehouse,
  state,
  folders: { uploads: `${folder}/uploads` },
  vocabulary: loadVocabulary(),
});
for (const file of files) {
  let phase = '';
  await imports.importFile(file, {
    onProgress: (record) => {
      if (record.phase && record.phase !== phase) process.stdout.write(`${record.phase}\n`);
      phase = record.phase ?? '';
    },
  });
  process.stdout.write('committed\n');
}
await imports.close();
state.close();
await warehouse.close();
