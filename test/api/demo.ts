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
  for (const file of (await readdir(folder)).sort())
    await app.imports.importFile(join(folder, file), { synthetic: true });
  await rm(folder, { recursive: true });
  return app;
}
