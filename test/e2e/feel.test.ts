import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { browserTest } from './browser.ts';
import { startFalling } from './server.ts';

const browser = browserTest();

const heading = (page: Page) => page.locator('h1').first().textContent();
const charts = (page: Page) => page.locator('main canvas').count();
const navigation = (page: Page) => page.getByRole('navigation', { name: '主导航' });

/** How far everything moved by itself since the page was opened, and what did. */
const shifts = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ sum: number; moved: string }>((resolve) => {
        const seen = { sum: 0, moved: '' };
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            seen.sum += Number(Reflect.get(entry, 'value'));
            for (const { node } of Reflect.get(entry, 'sources')) seen.moved += `${node?.textContent?.slice(0, 40)} | `;
          }
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(seen), 300);
      }),
  );
const expectSteady = async (page: Page) => {
  const { sum, moved } = await shifts(page);
  expect(sum, moved).toBeLessThan(0.02);
};

describe('a server that goes away and comes back', () => {
  let server: Awaited<ReturnType<typeof startFalling>>;
  beforeAll(async () => {
    server = await startFalling(inject('demo'));
    return () => server.stop();
  });

  it('is told of in one line; what is shown stays, and everything goes on by itself', async () => {
    const page = await browser.open('/', { at: server.url });
    await expect.poll(() => charts(page)).toBeGreaterThan(0);
    await page.waitForLoadState('networkidle');
    const line = page.getByRole('status').filter({ hasText: '暂时连不上服务器' });
    expect(await line.count()).toBe(0);

    await server.fall();
    // Its code was never loaded, nor were its numbers.
    await navigation(page).getByRole('link', { name: '题材' }).click();
    await line.waitFor();
    await page.goBack();
    await expect.poll(() => heading(page)).toMatch(/总览/);
    expect(await charts(page)).toBeGreaterThan(0);
    await page.goForward();
    await page.getByText('这一页还没有载入').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);

    await server.rise();
    await line.waitFor({ state: 'detached' });
    await expect.poll(() => heading(page)).toMatch(/题材/);
    await expect.poll(() => charts(page)).toBeGreaterThan(1);
  });
});

describe('a part of the page that the server no longer has', () => {
  it('is loaded with the new build, by one reload, and said to be missing if that does not help', async () => {
    const page = await browser.open('/genres');
    await expect.poll(() => heading(page)).toMatch(/题材/);
    const loads: string[] = [];
    page.on('request', (request) => {
      if (request.isNavigationRequest()) loads.push(new URL(request.url()).pathname);
    });
    await page.route(/ClubPage-.*\.js/u, (route) => route.fulfill({ status: 404, body: '' }));
    await navigation(page).getByRole('link', { name: '十亿俱乐部' }).click();
    await page.getByText('这一页的程序未能载入').waitFor();
    expect(loads).toEqual(['/club']);

    await page.unroute(/ClubPage-.*\.js/u);
    await page.getByRole('button', { name: '重试' }).click();
    await expect.poll(() => heading(page)).toMatch(/俱乐部/);
  });
});

describe('one question that fails', () => {
  it('is the error of its card alone, and is asked again by its button', async () => {
    const page = await browser.open('/data');
    const failing = /analyses\/supply|genre/u;
    await page.route('**/api/v1/**', (route) =>
      failing.test(route.request().url()) ? route.fulfill({ status: 500, body: 'no' }) : route.continue(),
    );
    await navigation(page).getByRole('link', { name: '题材' }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await heading(page)).toMatch(/题材/);
    expect(await page.getByText('暂时连不上服务器').count()).toBe(0);
    await page.unroute('**/api/v1/**');
    await page.getByRole('alert').first().getByRole('button', { name: '重试' }).click();
    await expect.poll(() => charts(page)).toBeGreaterThan(0);
  });
});

describe('how this browser shows everything', () => {
  const column = (page: Page, name: string) => page.getByRole('columnheader', { name });

  it('keeps the chosen columns and the density; the address goes before them', async () => {
    const page = await browser.open('/producers');
    await column(page, '增长').waitFor();
    const rowHeight = () =>
      page
        .locator('tbody tr')
        .nth(1)
        .evaluate((row) => row.clientHeight);
    const ordinary = await rowHeight();
    await page.getByRole('button', { name: '列', exact: true }).click();
    await page.getByLabel('增长', { exact: true }).uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^外观/ }).click();
    await page.getByRole('menuitemradio', { name: '紧凑' }).click();
    await expect.poll(rowHeight).toBeLessThan(ordinary);

    await page.reload();
    await column(page, '播放量').first().waitFor();
    expect(await column(page, '增长').count()).toBe(0);
    expect(await rowHeight()).toBeLessThan(ordinary);

    await page.goto(`${browser.url}/producers?columns=growth&density=comfortable`);
    await column(page, '增长').waitFor();
    expect(await page.getByRole('columnheader').count()).toBe(2);
    expect(await rowHeight()).toBe(ordinary);
  });

  it('has a stage without controls, and a way out of it', async () => {
    const page = await browser.open('/growth?theme=stage', { width: 1920, height: 1080 });
    await expect.poll(() => charts(page)).toBeGreaterThan(0);
    const bar = page.getByRole('region', { name: '筛选' });
    expect(await bar.isVisible()).toBe(false);
    expect(await page.getByText('2025年10月 · 对比').isVisible()).toBe(true);
    const smallest = await page.evaluate(() =>
      Math.min(
        ...[...document.querySelectorAll('main *')]
          .filter(
            (one) =>
              one.checkVisibility() &&
              [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
          )
          .map((one) => Number.parseFloat(getComputedStyle(one).fontSize)),
      ),
    );
    expect(smallest).toBeGreaterThanOrEqual(1080 / 45);
    await page.getByRole('button', { name: /退出大屏/ }).waitFor();
    await page.keyboard.press('Escape');
    await bar.waitFor();
    expect(page.url()).not.toContain('stage');
  });

  it('is printed light, without controls, with its filters in words and charts as wide as the sheet', async () => {
    const page = await browser.open('/?format=comic', { dark: true });
    await expect.poll(() => charts(page)).toBeGreaterThan(0);
    await page.waitForLoadState('networkidle');
    await expectSteady(page);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.getByRole('navigation', { name: '主导航' }).isVisible()).toBe(false);
    expect(await page.locator('[data-control]').filter({ visible: true }).count()).toBe(0);
    expect(await page.getByText('对比 2025年9月 · 形态：漫剧').isVisible()).toBe(true);
    expect(await page.getByText('打印于').isVisible()).toBe(true);
    const widths = await page.locator('main canvas').evaluateAll((all) => all.map((one) => one.clientWidth));
    expect(new Set(widths)).toEqual(new Set([656]));
    const ink = await page.locator('h1').evaluate((one) => getComputedStyle(one).color);
    expect(ink).toBe('rgb(24, 24, 29)');
  });
});

describe('a phone', () => {
  it('has its pages under the thumb, and tables that do not scroll sideways', async () => {
    const page = await browser.open('/club', { width: 390, height: 844 });
    await page.getByRole('table').nth(1).waitFor();
    await page.waitForLoadState('networkidle');
    await expectSteady(page);
    const sideways = await page
      .locator('main [role=group]:has(> table)')
      .evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth));
    expect(sideways.length).toBeGreaterThan(1);
    expect(Math.max(...sideways)).toBe(0);

    const bar = page.getByRole('navigation', { name: '常用页面' });
    const sizes = await bar
      .locator('a, button')
      .evaluateAll((all) => all.map((one) => Math.min(one.clientWidth, one.clientHeight)));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
    await bar.getByRole('button', { name: '更多' }).click();
    await page.getByRole('dialog').getByRole('link', { name: '增长' }).click();
    await expect.poll(() => heading(page)).toBe('增长');
  });
});

describe('going back', () => {
  it('draws the page as it was left, at once: no skeleton, and where it was scrolled to', async () => {
    const page = await browser.open('/growth');
    await expect.poll(() => charts(page)).toBeGreaterThan(3);
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => scrollTo(0, 700));
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(700);
    await navigation(page).getByRole('link', { name: '数据' }).click();
    await expect.poll(() => heading(page)).toBe('数据');
    await page.evaluate(() => {
      const shown = { skeletons: 0 };
      Object.assign(window, { shown });
      const look = () => {
        if (document.querySelector('h1')?.textContent === '增长')
          shown.skeletons = Math.max(shown.skeletons, document.querySelectorAll('main [class*=Skeleton]').length);
        requestAnimationFrame(look);
      };
      look();
    });
    await page.goBack();
    await expect.poll(() => charts(page)).toBeGreaterThan(3);
    expect(await page.evaluate(() => scrollY)).toBe(700);
    expect(await page.evaluate(() => Object.entries(Object(Reflect.get(window, 'shown'))))).toEqual([['skeletons', 0]]);
  });
});
