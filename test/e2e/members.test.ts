import { describe, expect, it } from 'vitest';
import { browserTest } from './browser.ts';

const browser = browserTest();

describe('what leads to the page of a member, and from there to a comparison', () => {
  it('opens a producer from the league, and keeps the filters on everything else', async () => {
    const page = await browser.open('/producers?format=live_action');
    await page.getByRole('link', { name: '听花岛', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: '听花岛' }).waitFor();
    expect(decodeURIComponent(new URL(page.url()).pathname)).toBe('/producers/听花岛');
    expect(new URL(page.url()).search).toBe('?format=live_action');
    await expect
      .poll(() => page.getByRole('link', { name: '承制方', exact: true }).getAttribute('aria-current'))
      .toBe('page');
    // By pinyin, with the keyboard alone.
    await page.getByRole('button', { name: '对比', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByPlaceholder('查找承制方或拼音').fill('flyy');
    await page.getByRole('option', { name: /枫林影业/ }).waitFor();
    expect(await page.getByText('播放量，2025年10月', { exact: true }).isVisible()).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '听花岛、枫林影业对比' }).waitFor();
    await page.getByText('听花岛的播放量').waitFor();
    expect(decodeURIComponent(new URL(page.url()).search)).toBe('?format=live_action&producer=听花岛,枫林影业');
    // One is too few, and the page says how to go on.
    await page.getByRole('button', { name: '去掉枫林影业' }).click();
    await page.getByText('还差一项才能对比').waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: '听花岛、枫林影业对比' }).waitFor();
  });

  it('opens a genre from the table of genres', async () => {
    const page = await browser.open('/genres?primary_genre=family,urban');
    await page.getByRole('table').getByRole('link', { name: '家庭', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '家庭' }).waitFor();
    expect(page.url()).toBe(`${browser.url}/genres/family`);
  });

  it('compares the series that are ticked, without opening the row that is ticked', async () => {
    const page = await browser.open('/series');
    const ticks = page.getByRole('checkbox', { name: /作对比/ });
    await ticks.first().click();
    await page.getByText('再选一项即可对比').waitFor();
    expect(await page.getByRole('link', { name: /^对比/ }).count()).toBe(0);
    await ticks.nth(1).press('Space');
    await page.getByRole('link', { name: '对比2项' }).click();
    await page.getByRole('heading', { level: 2, name: '差别在哪里' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/compare');
    // Whoever goes back finds them ticked.
    await page.goBack();
    await page.getByRole('link', { name: '对比2项' }).waitFor();
    expect(await page.getByRole('checkbox', { name: /作对比/, checked: true }).count()).toBe(2);
  });

  it('says in words that more than six, or an unknown one, cannot be compared, with a way out', async () => {
    const page = await browser.open('/compare?primary_genre=ceo,romance,urban,family,rebirth,period,campus');
    await page.getByText('一次最多对比6项，这里有7项').waitFor();
    await page.getByRole('button', { name: '只对比前6项' }).click();
    await page.getByRole('heading', { level: 2, name: '各项数字' }).waitFor();
    await page.goto(`${browser.url}/compare?producer=听花岛,nope,枫林影业`);
    await page.getByText('没有名为“nope”的承制方').waitFor();
    await page.getByRole('button', { name: '对比其余2项' }).click();
    await page.getByRole('heading', { level: 1, name: '听花岛、枫林影业对比' }).waitFor();
    await page.goto(`${browser.url}/producers/nope`);
    await page.getByText('没有这家承制方').waitFor();
    await page.getByRole('link', { name: '全部承制方' }).click();
    await page.getByRole('heading', { level: 1, name: '承制方' }).waitFor();
  });
});
