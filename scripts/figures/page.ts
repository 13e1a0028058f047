/** One page with every figure, to look through. */
import type { Look } from '../../web/charts/look.ts';
import { escapeHtml } from '../../web/charts/text.ts';
import type { Drawn } from './draw.ts';

export interface Shown {
  readonly drawn: Drawn;
  readonly svg: string | null;
  readonly faults: readonly string[];
}

/** @param sights each in both languages, side by side */
export function page(sights: readonly (readonly Shown[])[], look: Look): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Figures</title>
<style>
body { margin: 32px; font-family: ${look.font}; background: ${look.grid}; color: ${look.ink}; }
section { display: flex; flex-wrap: wrap; gap: 16px; margin-bottom: 32px; }
h2 { flex-basis: 100%; margin: 0; font-size: 13px; font-weight: 500; color: ${look.inkSoft}; }
figure { width: min-content; margin: 0; padding: 16px; border-radius: 8px; background: ${look.surface}; }
h3 { margin: 0; font-size: 16px; }
p, figcaption { margin: 4px 0 8px; font-size: 13px; color: ${look.inkSoft}; }
figcaption { margin: 8px 0 0; font-size: 12px; color: ${look.inkFaint}; }
.fault { color: ${look.fall}; font-size: 12px; }
</style>
${sights.map(section).join('\n')}
</html>
`;
}

const section = (languages: readonly Shown[]): string =>
  `<section><h2>${escapeHtml(languages[0]?.drawn.id ?? '')}</h2>${languages.map(card).join('\n')}</section>`;

const card = ({
  drawn: { language, title, subtitle, notes, source },
  svg,
  faults,
}: Shown): string => `<figure lang="${language}">
<h3>${escapeHtml(title)}</h3><p>${escapeHtml(subtitle)}</p>
${svg === null ? '' : ownIds(svg)}
${notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('')}
${faults.map((fault) => `<p class="fault">${escapeHtml(fault)}</p>`).join('')}
<figcaption>${escapeHtml(source)}</figcaption></figure>`;

let count = 0;
/** Ids are the document's: two pictures with the same would show each other's patterns. */
function ownIds(svg: string): string {
  count++;
  return svg.replaceAll(/\bzr\d+-/gu, `zr${count}-`);
}
