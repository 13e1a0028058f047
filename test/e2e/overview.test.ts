import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { briefAnswer } from '../../server/contract/analyses-outlook.ts';
import { browserTest } from './browser.ts';

const browser = browserTest();

const findings = (page: Page, title: string) => page.getByRole('region', { name: title }).getByRole('listitem');
const path = (url: string) => new URL(url).pathname;

describe('what changed, on the Overview', () => {
  it('is the brief of the page’s range, asked after all else has come', async () => {
    const page = await browser.open('/data');
    const order: string[] = [];
    page.on('request', (request) => order.push(`asked ${path(request.url())}`));
    page.on('requestfinished', (request) => order.push(`came ${path(request.url())}`));
    const answer = page.waitForResponse((response) => path(response.url()).endsWith('/brief'));
    await page.goto(`${browser.url}/`);
    const { rows } = briefAnswer.parse(await (await answer).json());
    await findings(page, '本期变化').first().waitFor();
    expect(await findings(page, '本期变化').allTextContents()).toEqual(rows.map(({ sentence }) => sentence.zh));
    expect(rows.map(({ sentence }) => sentence.en).join('\n')).toMatch(
      /^Views in October 2025 .* more than in September.*\nIn October 2025 seven series broke 1B views; Tinghua Island/,
    );
    const before = order.slice(0, order.indexOf('asked /api/v1/brief'));
    for (const call of ['query/batch', 'query', 'club', 'growth/movers'])
      expect(before, call).toContain(`came /api/v1/${call}`);
  });

  it('follows the address: its range, its filters, and no comparison where none is wanted', async () => {
    const page = await browser.open('/?from=2025-10-03&to=2025-10-09&format=comic&compare=none', { locale: 'en-GB' });
    const first = findings(page, 'What changed').first();
    await first.waitFor();
    expect(await first.textContent()).toMatch(/^Views from 3 to 9 October 2025 came to [\d.]+[MB]\.$/);
    expect(await findings(page, 'What changed').allTextContents()).not.toContainEqual(expect.stringMatching(/than/));
  });

  it('opens what a sentence stands for', async () => {
    const page = await browser.open('/', { locale: 'en-GB' });
    await findings(page, 'What changed').filter({ hasText: 'Midsummer Fendela reached' }).getByRole('link').click();
    await page.waitForURL(/series\/MD011408/);
  });

  it('keeps its place while it loads, so that nothing below moves', async () => {
    const page = await browser.open('/data');
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/api/v1/brief?**', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${browser.url}/`);
    const below = page.getByRole('region', { name: '哪些题材在涨，哪些在跌' });
    await below.locator('canvas').waitFor();
    await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') !== null);
    const top = async () => z.number().parse((await below.boundingBox())?.y);
    const before = await top();
    release();
    await findings(page, '本期变化').first().waitFor();
    expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(8);
  });
});
