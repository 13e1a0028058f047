import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const FOLDERS = [
  ...['cells', 'read', 'propose', 'stage', 'commit', 'queue', 'inbox'].map((folder) => `server/ingest/${folder}`),
  'server/ledger',
];

it.each(FOLDERS)('logic of %s has no prose: its texts stand in messages.ts', (path) => {
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const withProse = files.filter(
    (name) =>
      !name.endsWith('messages.ts') && /\b(?:en|zh): *['"`][^'"`]/u.test(readFileSync(`${path}/${name}`, 'utf8')),
  );
  expect(files.length).toBeGreaterThan(0);
  expect(withProse).toEqual([]);
});
