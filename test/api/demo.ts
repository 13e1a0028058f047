import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_SEED, generateDemo } from '../../scripts/generate.ts';
import { type RunningApp, startApp } from './app.ts';

/** The real app with the whole synthetic demo imported; takes some ten seconds, so give the hook time. */
export async function startDemoApp(): Promise<RunningApp> {
  const app = await startApp();
  const folder = await mkdtemp(join(tmpdir(), 'dramascope-demo-'));
  await generateDemo({ out: folder, seed: DEMO_SEED, profile: 'demo' });
  // The catalogue first, as the server itself does it: the engine's plans depend on it.
  const files = (await readdir(folder)).sort(
    (a, b) => Number(b.startsWith('series')) - Number(a.startsWith('series')) || a.localeCompare(b),
  );
  for (const file of files) await app.imports.importFile(join(folder, file), { synthetic: true });
  await rm(folder, { recursive: true });
  return app;
}
