import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const FOLDERS = ['cells', 'read', 'propose', 'queue', 'inbox'];

it.each(FOLDERS)('logic of ingest/%s has no prose: its texts stand in messages.ts', (folder) => {
  const path = `server/ingest/${folder}`;
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const withProse = files.filter(
    (name) =>
      !name.endsWith('messages.ts') && /\b(?:en|zh): *['"`][^'"`]/u.test(readFileSync(`${path}/${name}`, 'utf8')),
  );
  expect(files.length).toBeGreaterThan(0);
  expect(withProse).toEqual([]);
});
