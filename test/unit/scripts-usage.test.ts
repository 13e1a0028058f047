import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';

const run = (...args: string[]) =>
  new Promise<{ code: number; err: string }>((resolve) => {
    const child = execFile(process.execPath, args, (_error, _out, err) => resolve({ code: child.exitCode ?? -1, err }));
  });

it.concurrent.each([
  ['npm start', ['--import', 'tsx', 'server/main.ts', '--prot', '9'], '--port'],
  ['npm run import', ['--import', 'tsx', 'scripts/import.ts', '--dri-run', 'x.csv'], '--dry-run'],
  ['npm run doctor', ['--import', 'tsx', 'scripts/doctor.ts', '--rereda'], '--reread'],
  ['npm run generate', ['--import', 'tsx', 'scripts/generate.ts', '--out', 'x', '--rows', '5'], '--profile bench'],
  [
    'npm run generate for measuring',
    ['--import', 'tsx', 'scripts/generate.ts', '--out', 'x', '--profile', 'bench', '--scale', '2'],
    '--rows',
  ],
  ['npm run soak', ['--import', 'tsx', 'test/soak/soak.ts', '--fles', '9'], '--files'],
  ['npm run build', ['scripts/build.mjs', '--prot'], 'no arguments'],
  ['npm run dev', ['scripts/dev.mjs', '--prot'], 'no arguments'],
])(
  '%s refuses a flag that it does not know or has no use for, says what is meant, and ends with code 2',
  async (_script, args, said) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(said);
    expect(err).toContain('Usage: ');
  },
);
