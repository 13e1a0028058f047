/** A process of its own that imports files into a folder, to be killed: `child.ts FOLDER FILE...`. */
import { importsOf } from './imports-of.ts';

const [folder = '', ...files] = process.argv.slice(2);
const { imports, close } = await importsOf(folder);
for (const file of files) {
  let phase = '';
  await imports.importFile(file, {
    options: { views_are: 'increment' },
    onProgress: (record) => {
      if (record.phase && record.phase !== phase) process.stdout.write(`${record.phase}\n`);
      phase = record.phase ?? '';
    },
  });
  process.stdout.write('committed\n');
}
await close();
