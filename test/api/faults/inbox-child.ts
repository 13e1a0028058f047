/** A process of its own that watches a folder, to be killed: `inbox-child.ts FOLDER`. */
import { createImports } from '../../../server/ingest/imports.ts';
import { watchInbox } from '../../../server/ingest/inbox.ts';
import { loadVocabulary } from '../../../server/ingest/vocabulary.ts';
import { openState } from '../../../server/state/state.ts';
import { openDuckDB } from '../../../server/warehouse/duckdb/warehouse.ts';

const [folder = ''] = process.argv.slice(2);
const warehouse = await openDuckDB({ path: `${folder}/dramascope.duckdb` });
const state = await openState(`${folder}/state.sqlite`);
const imports = await createImports({
  warehouse,
  state,
  folders: { uploads: `${folder}/uploads` },
  vocabulary: loadVocabulary(),
});
await watchInbox({ folder: `${folder}/inbox`, imports, settle: 20, poll: 10 });
process.stdout.write('watching\n');
