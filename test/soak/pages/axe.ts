/** Each page in each language and theme, judged by axe. */
import AxeBuilder from '@axe-core/playwright';
import { PAGE_PATHS } from '../../../scripts/bench/page-paths.ts';
import { type PagesOptions, settled, withBrowser, withDemo } from './browser.ts';

export interface AxeSummary {
  readonly looks: number;
  readonly faults: readonly string[];
}

export const runAxe = (options: PagesOptions): Promise<AxeSummary> =>
  withDemo(options, (url) =>
    withBrowser(async (browser) => {
      const faults: string[] = [];
      let looks = 0;
      for (const locale of ['zh-CN', 'en-GB'])
        for (const colorScheme of ['light', 'dark'] as const) {
          // What moves has no colours to judge by.
          const context = await browser.newContext({ locale, colorScheme, reducedMotion: 'reduce' });
          for (const path of PAGE_PATHS) {
            const page = await context.newPage();
            await page.setViewportSize({ width: 1440, height: 900 });
            await page.goto(`${url}${path}`);
            await settled(page);
            const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
            for (const { id, nodes } of violations)
              faults.push(`${path} ${locale} ${colorScheme}: ${id}, ${nodes.length} × ${nodes[0]?.html.slice(0, 200)}`);
            looks++;
            await page.close();
          }
          options.say(`axe: ${locale}, ${colorScheme}: ${faults.length} faults so far`);
          await context.close();
        }
      return { looks, faults };
    }),
  );
