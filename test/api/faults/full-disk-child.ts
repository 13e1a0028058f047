/** The real app as a process of its own, whose files can be limited: `full-disk-child.ts CSV`; says its address. */
import { readFileSync } from 'node:fs';
import { startApp } from '../app.ts';

const [, , csv = ''] = process.argv;
const app = await startApp();
const { import_id } = await app.importText('views.csv', readFileSync(csv, 'utf8'));
process.stdout.write(`${JSON.stringify({ url: app.url, import_id })}\n`);
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
