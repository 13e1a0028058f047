import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './install.mjs';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const succeeds = (command, args, options = {}) =>
  spawnSync(command, args, { stdio: 'ignore', ...options }).status === 0;
const onSystem = () => [process.env.CHROMIUM_PATH, ...SYSTEM].find((path) => path && existsSync(path));

/**
 * Path of a Chromium to test with: the system's; on Debian as root one installed through apt; else Playwright's own
 * download. Stops with what to do where none of these works.
 */
export async function chromium() {
  const debianRoot = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  const hasFonts = () => spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout?.trim();
  if (debianRoot && (!onSystem() || !hasFonts())) {
    console.log('Installing Chromium and Chinese fonts (apt-get) …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    succeeds('apt-get', ['update', '-q'], { env });
    succeeds(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk', 'fontconfig'],
      { env },
    );
  }
  return onSystem() ?? (await playwrights());
}

async function playwrights() {
  const { chromium: browser } = await import('playwright-core');
  if (!existsSync(browser.executablePath())) {
    console.log("Downloading Playwright's Chromium …");
    spawnSync(process.execPath, [join(ROOT, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'], {
      stdio: 'inherit',
    });
  }
  if (existsSync(browser.executablePath())) return browser.executablePath();
  console.error(
    'No Chromium was found and none could be installed. Install Chromium or Chrome, or set CHROMIUM_PATH to one.',
  );
  process.exit(1);
}
