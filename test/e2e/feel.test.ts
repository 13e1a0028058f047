import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { browserTest } from './browser.ts';
import { startFalling } from './server.ts';

const browser = browserTest();

const heading = (page: Page) => page.locator('h1').first().textContent();
const charts = (page: Page) => page.locator('main canvas').count();
const navigation = (page: Page) => page.getByRole('navigation', { name: '主导航' });

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
