// npm test: install, then lint, types, walls, unit, API and browser tests. The last line is `N passed, N failed`.
// npm run test:fast: lint, types, walls and the tests that need no engine, no process and no browser.
// npm run coverage: unit and API tests, and how much of the server and the page they run.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { build } from './setup/build.mjs';
import { chromium } from './setup/chromium.mjs';
import { install, ROOT } from './setup/install.mjs';

install();
const [mode, given] = ['--fast', '--coverage'].includes(process.argv[2])
  ? [process.argv[2], process.argv.slice(3)]
  : ['', process.argv.slice(2)];
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

/** Runs tests and counts them. */
function runTests(name, args, env = {}) {
  const report = join(ROOT, '.build', 'tests.json');
  mkdirSync(join(ROOT, '.build'), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const ok = step(name, [bin('vitest/vitest.mjs'), 'run', ...reporters, ...args, ...given], env);
  if (!existsSync(report)) {
    tally.failed += 1;
    return;
  }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that could not be loaded has no tests to count: it counts as one that failed.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  tally.passed += numPassedTests;
  tally.failed += numFailedTests + broken;
  if (!ok && numFailedTests + broken === 0) tally.failed += 1;
}

const GIB = 2 ** 30;

/** A folder in memory, if there is room: the tests make many small databases, and each commit waits for the disk. */
function folderInMemory() {
  const memory = '/dev/shm';
  if (!existsSync(memory) || freemem() < 8 * GIB) return null;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize < 4 * GIB ? null : mkdtempSync(join(memory, 'dramascope-test-'));
}

if (mode !== '--coverage') {
  check('lint', [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']);
  check('types', [bin('typescript/bin/tsc'), '-b']);
  check('walls', ['--import', 'tsx', 'scripts/walls.ts']);
}
if (mode === '--fast') {
  const found = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/pure-tests.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  runTests('tests without an engine', ['--project', 'unit', ...found.stdout.trim().split('\n')]);
} else {
  build();
  const temporary = folderInMemory();
  const env = temporary === null ? {} : { TMPDIR: temporary };
  try {
    if (mode === '--coverage')
      runTests('unit and API tests', ['--project', 'unit', '--project', 'api', '--coverage'], env);
    else runTests('unit, API and browser tests', [], { CHROMIUM_PATH: await chromium(), ...env });
  } finally {
    if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
  }
}
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 ? 0 : 1;
