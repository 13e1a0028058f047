import { describe, expect, it } from 'vitest';
import { browserTest } from './browser.ts';

const browser = browserTest();

describe('formats and AI', () => {
  it('answer how many comic-style series were ongoing in five months, and how many of them are fantasy and xianxia', async () => {
    const months = '/formats?from=2025-06-01&to=2025-10-31&format=comic';
    const page = await browser.open(months, { locale: 'en-GB' });
    await page.getByRole('heading', { name: '4,536 comic series were ongoing from Jun to Oct 2025' }).waitFor();
    await page.goto(`${browser.url}${months}&genre=fantasy,xianxia`);
    await page.getByRole('heading', { name: /^1,020 comic series of .* were ongoing from Jun to Oct 2025/ }).waitFor();
  });

  it('tell made by AI from the AI format, and look into the format that is picked', async () => {
    const page = await browser.open('/formats');
    await page.getByRole('heading', { name: /^AI 制作占在播剧集的\d/ }).waitFor();
    expect(await page.getByText(/“AI 形态”是一种形态，2025年10月占播放量的\d/).count()).toBe(1);
    await page.getByRole('heading', { name: /^漫剧中.+题材播放最多/ }).waitFor();
    await page.getByRole('combobox', { name: '形态' }).selectOption('真人剧');
    await page.getByRole('heading', { name: /^真人剧中.+播放最多/ }).waitFor();
    await page.getByText('部数', { exact: true }).click();
    await page.getByRole('heading', { name: /^真人剧中.+在播最多/ }).waitFor();
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({ of: 'live_action', count: 'series' });
    await page.getByRole('link', { name: '总览' }).click();
    await page.getByText('制作方式为 AI', { exact: true }).waitFor();
  });
});

describe('overseas', () => {
  it('ranks the regions with their growth, and splits the share by format', async () => {
    const page = await browser.open('/overseas', { locale: 'en-GB' });
    await page.getByRole('heading', { name: /^United States leads with .+% of overseas views/ }).waitFor();
    const first = page.getByRole('table', { name: 'Overseas regions' }).getByRole('row').nth(1);
    expect(await first.textContent()).toMatch(/^United States.*B.*%.*\+\d/);
    await page.getByText('Format', { exact: true }).click();
    await page.waitForURL(/split=format/);
  });
});

describe('coverage', () => {
  it('is told by what a source is, and a source opens its own numbers', async () => {
    const page = await browser.open('/data');
    await page.getByRole('link', { name: '数据覆盖' }).click();
    const launches = page.getByRole('row').filter({ hasText: 'launch_hours' });
    await launches.getByText('仅上线初期').waitFor();
    await page.getByRole('heading', { name: '各来源的日期没有缺口' }).waitFor();
    await launches.getByRole('link', { name: 'launch_hours' }).click();
    await page.waitForURL(/\?source=launch_hours$/);
  });
});
