/** A warehouse in a process of its own, whose files are limited in the middle of a commit; prints what came of it. */
import { execFileSync } from 'node:child_process';
import { openDuckDB } from '../../../server/warehouse/duckdb/warehouse.ts';
import type { Statement } from '../../../server/warehouse/warehouse.ts';

const [, , folder = ''] = process.argv;
const statement = (text: string): Statement => ({ text, values: [] });
const limitFiles = (bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`]);

const warehouse = await openDuckDB({ path: `${folder}/test.duckdb` });
const count = () => warehouse.read((session) => session.all(statement('SELECT count(*) AS n FROM heavy')));
const emptied = () =>
  warehouse
    .write((session) => session.run(statement('DELETE FROM heavy')))
    .then(
      () => 'committed',
      (thrown: unknown) => (thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)),
    );

// So large that its commit makes a checkpoint: what fails in a checkpoint invalidates the engine.
await warehouse.write((session) =>
  session.run(statement('CREATE TABLE heavy AS SELECT range AS n FROM range(3000000)')),
);
const before = warehouse.state().version;
limitFiles(4096);
const failed = await emptied();
const whileFull = [await count(), await warehouse.alive().then(() => 'alive')];
limitFiles('unlimited');
const kept = warehouse.state().version === before;
const retried = await emptied();
console.log(JSON.stringify({ failed, whileFull, kept, retried, after: await count() }));
await warehouse.close();
