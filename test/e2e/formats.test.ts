import { describe, expect, it } from 'vitest';
import { browserTest } from './browser.ts';

const browser = browserTest();

describe('formats and AI', () => {
  it('answer how many comic-style series were ongoing in five months, and how many of them are fantasy and xianxia', async () => {
    const months = '/formats?from=2025-06-01&to=2025-10-31&format=comic';
    const page = await browser.open(months, { locale: 'en-GB' });
    await page.getByRole('heading', { name: '4,536 comic series were ongoing in Jun – Oct 2025' }).waitFor();
    await page.goto(`${browser.url}${months}&genre=fantasy,xianxia`);
    await page.getByRole('heading', { name: /^1,020 comic series of .* were ongoing in Jun – Oct 2025/ }).waitFor();
  });

  it('look into the format that is picked, and keep it in the address', async () => {
    const page = await browser.open('/formats');
    await page.getByRole('heading', { name: /^漫剧中.+题材播放最多/ }).waitFor();
    await page.getByLabel('形态', { exact: true }).click();
    await page.getByRole('option', { name: '真人剧' }).click();
    await page.getByRole('heading', { name: /^真人剧中.+播放最多/ }).waitFor();
    await page.getByText('部数', { exact: true }).click();
    await page.getByRole('heading', { name: /^真人剧中.+在播最多/ }).waitFor();
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({ of: 'live_action', count: 'series' });
  });

  it('tell made by AI from the AI format', async () => {
    const page = await browser.open('/formats');
    await page.getByRole('heading', { name: /^AI 制作占在播剧集的\d/ }).waitFor();
    expect(await page.getByText(/“AI 形态”是一种形态，2025年10月占播放量的\d/).count()).toBe(1);
    await page.goto(`${browser.url}/`);
    await page.getByText('制作方式为 AI', { exact: true }).waitFor();
  });
});

describe('overseas', () => {
  it('is split by format where it is asked to be, and ranks the regions with their growth', async () => {
    const page = await browser.open('/overseas', { locale: 'en-GB' });
    await page.getByRole('heading', { name: /^United States leads with .+% of overseas views/ }).waitFor();
    const first = page.getByRole('table', { name: 'Overseas regions' }).getByRole('row').nth(1);
    expect(await first.textContent()).toMatch(/^United States.*B.*%.*\+\d/);
    await page.getByText('Format', { exact: true }).click();
    await page.waitForURL(/split=format/);
    await page.goto(`${browser.url}/overseas?market=domestic`);
    await page.getByText('No views overseas').first().waitFor();
  });
});
