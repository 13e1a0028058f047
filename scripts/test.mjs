// npm test: install, then lint, types, walls, unit, API and browser tests. The last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './setup/build.mjs';
import { chromium } from './setup/chromium.mjs';
import { install, ROOT } from './setup/install.mjs';

install();
const bin = (name) => join(ROOT, 'node_modules', ...name.split('/'));
const tally = { passed: 0, failed: 0 };

function step(name, args, env = {}) {
  console.log(`\n== ${name}`);
  const done = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { UV_THREADPOOL_SIZE: '16', ...process.env, ...env },
  });
  return done.status === 0;
}

function check(name, args) {
  const ok = step(name, args);
  tally[ok ? 'passed' : 'failed'] += 1;
}

check('lint', [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']);
check('types', [bin('typescript/bin/tsc'), '-b']);
check('walls', ['--import', 'tsx', 'scripts/walls.ts']);

build();
const browser = await chromium();
const report = join(ROOT, '.build', 'tests.json');
mkdirSync(join(ROOT, '.build'), { recursive: true });
rmSync(report, { force: true });
const ok = step(
  'unit, API and browser tests',
  [
    bin('vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { CHROMIUM_PATH: browser },
);
if (existsSync(report)) {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that could not be loaded has no tests to count: it counts as one that failed.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  tally.passed += numPassedTests;
  tally.failed += numFailedTests + broken;
  if (!ok && numFailedTests + broken === 0) tally.failed += 1;
} else {
  tally.failed += 1;
}
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 ? 0 : 1;
