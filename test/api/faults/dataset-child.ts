/** A process of its own that imports a file into a data folder, says so and waits to be killed: `dataset-child.ts FOLDER FILE`. */
import { readConfig } from '../../../server/config.ts';
import { openDataset } from '../../../server/dataset.ts';

const [folder = '', file = ''] = process.argv.slice(2);
const { imports } = await openDataset(readConfig({ DRAMASCOPE_DATA: folder }));
await imports.importFile(file, { options: { views_are: 'increment' } });
process.stdout.write('committed\n');
setInterval(() => {}, 1000);
