import AxeBuilder from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { browserTest } from './browser.ts';

const browser = browserTest();

it('a range without an earlier one says what is missing, and one click brings one that can be compared', async () => {
  const page = await browser.open('/growth?range=all', { locale: 'en-GB' });
  await page.getByText('No earlier period to compare with').waitFor();
  await page.getByRole('link', { name: 'See May – Oct 2025 against Nov 2024 – Apr 2025' }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('range')).toBe('6m');
  await page.getByText('Who rose and who fell?').waitFor();
  expect(await page.getByText('No earlier period to compare with').count()).toBe(0);
  // What changed is told apart by any dimension, and stands in the address.
  await page.getByRole('combobox', { name: 'Decompose by' }).selectOption('By platform');
  await page.getByText('Hongguo made most of the difference').waitFor();
  expect(new URL(page.url()).searchParams.get('parts')).toBe('platform');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
});

it('cohorts and the days that stand out are there, and a day leads to its series', async () => {
  const page = await browser.open('/growth');
  await page.getByRole('radio', { name: '相对首周' }).locator('..').click();
  await expect.poll(() => new URL(page.url()).searchParams.get('cohort')).toBe('retention');
  const card = page
    .locator('section, article, div')
    .filter({ hasText: /^异常的日子/ })
    .last();
  await card.waitFor();
  const day = page.getByRole('link', { name: /^偏高/ }).first();
  await day.waitFor({ timeout: 15_000 });
  await day.click();
  await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/series\/MD/);
});

it('genres have curves by age and concentration; an English page marks what it has in Chinese only', async () => {
  const page = await browser.open('/genres', { locale: 'en-GB' });
  await page.getByText('How does a typical series grow after its release?').waitFor();
  await page.getByText(/The 4 largest genres hold \d+\.\d% of the views/).waitFor();
  await page.goto(`${browser.url}/series/MD011912`);
  await page.getByText('Beijing').first().waitFor();
  expect(await page.getByText('Tinghua Island').count()).toBeGreaterThan(1);
  const bare = await page.evaluate(() =>
    [...document.querySelectorAll('dd')]
      .filter((one) => /\p{Script=Han}/u.test(one.textContent ?? '') && one.querySelector('[lang=zh]') === null)
      .map((one) => one.textContent),
  );
  expect(bare).toEqual([]);
});
