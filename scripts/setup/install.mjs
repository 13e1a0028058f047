import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root; every script works from there, wherever it is called. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const NEEDED = [20, 19];

/** Stops with a clear line where Node is too old to run anything here. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  console.error(
    `Dramascope needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node}. See https://nodejs.org.`,
  );
  process.exit(1);
}

/** Runs a command with its output shown; stops the whole script when it fails. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  if (done.status === 0) return;
  console.error(`\n${[command, ...args].join(' ')} failed${done.error ? `: ${done.error.message}` : ''}.`);
  process.exit(done.status ?? 1);
}

/** Installs the locked packages, once per lockfile. */
export function install() {
  checkNode();
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  const stamp = join(ROOT, 'node_modules', '.dramascope-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing packages …');
  // Not `npm ci`: it refuses a lockfile that lacks another platform's native package, which this machine never needs.
  // Locked versions hold all the same, and --no-save leaves the lockfile as it is. Build tools are development
  // packages: they are needed also where NODE_ENV says production.
  run('npm', ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lock);
}
