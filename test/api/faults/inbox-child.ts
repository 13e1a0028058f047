/** A process of its own that watches a folder, to be killed: `inbox-child.ts FOLDER`. */
import { watchInbox } from '../../../server/ingest/inbox/inbox.ts';
import { answeringImports } from '../../unanswered.ts';
import { importsOf } from './imports-of.ts';

const [folder = ''] = process.argv.slice(2);
const { imports } = await importsOf(folder);
await watchInbox({ folder: `${folder}/inbox`, imports: answeringImports(imports), settle: 20, poll: 10 });
process.stdout.write('watching\n');
