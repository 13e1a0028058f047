import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export interface Place {
  x: number;
  y: number;
  cursor: string;
}

/** The card of a chart, by its title. */
export const card = (page: Page, title: RegExp): Locator =>
  page.getByRole('region', { name: title }).filter({ has: page.locator('canvas') });

/** Where in a chart a mark is, by what it stands for: a pointer is moved over it until it says so. `''`: nothing. */
export async function placeOf(page: Page, title: RegExp, key: string): Promise<Place> {
  const canvas = card(page, title).locator('canvas').first();
  await canvas.waitFor();
  await canvas.scrollIntoViewIfNeeded();
  let place: Place | null = null;
  const look = () =>
    canvas.evaluate((drawn, wanted): Place | null => {
      const { left, top, width, height } = drawn.getBoundingClientRect();
      const root = drawn.parentElement;
      const host = root?.parentElement;
      for (let y = top + 4; y < top + height; y += 8) {
        for (let x = left + 4; x < left + width; x += 12) {
          drawn.dispatchEvent(new MouseEvent('mousemove', { clientX: x, clientY: y, bubbles: true }));
          if ((host?.dataset.mark ?? '') === wanted) return { x, y, cursor: root?.style.cursor ?? '' };
        }
      }
      return null;
    }, key);
  await expect
    .poll(async () => {
      place = await look();
      return place;
    })
    .not.toBeNull();
  if (place === null) throw new Error(`no mark of ${key}`);
  return place;
}
