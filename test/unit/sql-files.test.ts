import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const FOLDERS = [
  ...['ledger', 'ledger/names'],
  ...['cells', 'read', 'stage', 'propose', 'propose/probe', 'commit', 'queue', 'inbox'].map(
    (folder) => `ingest/${folder}`,
  ),
];
/** A text that begins as a statement does. */
const SQL = /['"`]\s*(?:WITH|SELECT|FROM|INSERT|UPDATE|DELETE|CREATE|DROP)\s/u;

const logicIn = (folder: string) => {
  const path = new URL(`../../server/${folder}/`, import.meta.url);
  return readdirSync(path)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('-sql.ts'))
    .map((name) => ({ file: `${folder}/${name}`, text: readFileSync(new URL(name, path), 'utf8') }));
};

it.each(FOLDERS)('%s: SQL stands in files of its own', (folder) => {
  const logic = logicIn(folder);
  expect(logic.length).toBeGreaterThan(0);
  expect(logic.filter(({ text }) => SQL.test(text)).map(({ file }) => file)).toEqual([]);
});
