import type { FigureInWords, Theme } from '../../render/draw-figure.ts';
import type { Language } from '../../wording.ts';
import { escapeHtml } from '../html.ts';

/** What a page of a figure's own shows; addresses are absolute. */
export interface FigurePage {
  readonly language: Language;
  readonly theme: Theme;
  readonly words: FigureInWords;
  /** Documents of SVG, for wide and for narrow windows; null if there is nothing to draw. */
  readonly drawings: { readonly wide: string; readonly narrow: string } | null;
  readonly own: string;
  readonly dashboard: string;
  /** Of the picture for cards, and how large it is. */
  readonly card: { readonly address: string; readonly width: number; readonly height: number };
  readonly files: readonly { readonly format: string; readonly address: string }[];
  readonly embedded: boolean;
}

const WORDS = {
  zh: { lang: 'zh-CN', open: '在仪表盘中打开', files: '下载', definition: '定义', embed: '来自 Dramascope' },
  en: {
    lang: 'en',
    open: 'Open in the dashboard',
    files: 'Download',
    definition: 'Definition',
    embed: 'From Dramascope',
  },
} as const;

export const NARROW = 640;

/** HTML without scripts: whatever comes from data or address is text in it. */
export function figurePage(page: FigurePage): string {
  const { language, words, card, own, embedded } = page;
  const { title, subtitle } = words;
  const meta = [
    ['og:type', 'article'],
    ['og:site_name', 'Dramascope'],
    ['og:title', title],
    ['og:description', describe(words)],
    ['og:url', own],
    ['og:image', card.address],
    ['og:image:type', 'image/png'],
    ['og:image:width', String(card.width)],
    ['og:image:height', String(card.height)],
    ['og:image:alt', `${title}. ${subtitle}`],
  ].map(([name = '', content = '']) => `<meta property="${name}" content="${escapeHtml(content)}">`);
  const twitter = [
    ['description', describe(words)],
    ['twitter:card', 'summary_large_image'],
    ['twitter:title', title],
    ['twitter:description', describe(words)],
    ['twitter:image', card.address],
  ].map(([name = '', content = '']) => `<meta name="${name}" content="${escapeHtml(content)}">`);
  const head = words.nothing === null ? [...meta, ...twitter] : [];
  return document({ language, theme: page.theme, title, head, embedded, body: body(page) });
}

/** What could not be shown, and what to do, where a figure would stand. */
export function refusalPage(
  refusal: { readonly title: string; readonly detail: string; readonly home: string },
  { language, theme, embedded }: Pick<FigurePage, 'language' | 'theme' | 'embedded'>,
): string {
  const text = `<h1>${escapeHtml(refusal.title)}</h1><p class="notes">${escapeHtml(refusal.detail)}</p>`;
  const link = `<nav><a href="${escapeHtml(refusal.home)}"${embedded ? ' target="_blank" rel="noopener"' : ''}>Dramascope</a></nav>`;
  return document({ language, theme, title: refusal.title, head: [], embedded, body: text + link });
}

const describe = ({ subtitle, notes, source }: FigureInWords): string =>
  [subtitle, ...notes, source].filter((text) => text !== '').join(' · ');

function body({ language, words, drawings, dashboard, files, own, embedded }: FigurePage): string {
  const said = WORDS[language];
  const { title, subtitle, notes, definition, source, nothing } = words;
  const line = (kind: string, text: string) => (text === '' ? '' : `<p class="${kind}">${escapeHtml(text)}</p>`);
  const links = files.map(({ format, address }) => `<a href="${escapeHtml(address)}">${format.toUpperCase()}</a>`);
  const parts = [
    `<h1>${escapeHtml(title)}</h1>`,
    line('subtitle', subtitle),
    drawings === null ? '' : drawn(drawings, `${title}. ${subtitle}`),
    nothing === null ? '' : line('notes', `${nothing.reason} ${nothing.remedy}`),
    line('notes', notes.join(language === 'zh' ? '' : ' ')),
    line('source', source),
  ];
  if (embedded)
    return [...parts, `<nav><a href="${escapeHtml(own)}" target="_blank" rel="noopener">${said.embed}</a></nav>`].join(
      '',
    );
  const defined =
    definition === null
      ? ''
      : `<details><summary>${said.definition}</summary><p>${escapeHtml(definition)}</p></details>`;
  const downloads = drawings === null ? '' : `<span>${said.files}</span>${links.join('')}`;
  return [...parts, defined, `<nav><a href="${escapeHtml(dashboard)}">${said.open}</a>${downloads}</nav>`].join('');
}

/** As pictures, so that neither drawing's inner names meet the other's. */
function drawn({ wide, narrow }: { wide: string; narrow: string }, said: string): string {
  const address = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg).replaceAll("'", '%27')}`;
  return `<picture><source media="(max-width: ${NARROW}px)" srcset="${address(narrow)}"><img src="${address(wide)}" alt="${escapeHtml(said)}"></picture>`;
}

interface Document {
  readonly language: Language;
  readonly theme: Theme;
  readonly title: string;
  readonly head: readonly string[];
  readonly body: string;
  readonly embedded: boolean;
}

const document = ({ language, theme, title, head, body, embedded }: Document): string => `<!doctype html>
<html lang="${WORDS[language].lang}" class="${theme === 'light' ? 'light' : 'dark'}${embedded ? ' embedded' : ''}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} · Dramascope</title>
${head.join('\n')}
<link rel="icon" href="/favicon.svg"><style>${STYLE}</style></head>
<body><main>${body}</main></body></html>`;

/** Colours and sizes of web/theme/tokens.css. */
const STYLE = `
:root { color-scheme: light; --ground: #f6f6f7; --surface: #fff; --hairline: #e3e3e8; --ink: #18181d; --ink-2: #4c4c57; --ink-3: #6a6a76; --accent: #4a48c4; }
:root.dark { color-scheme: dark; --ground: #101013; --surface: #18181c; --hairline: #2c2c33; --ink: #f0f0f3; --ink-2: #bcbcc6; --ink-3: #9a9aa6; --accent: #a09ef5; }
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px; background: var(--ground); color: var(--ink);
  font: 14px/1.6 "Inter Variable", Inter, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", system-ui, sans-serif; }
main { max-width: 1008px; margin: 0 auto; padding: 24px; background: var(--surface); border: 1px solid var(--hairline); border-radius: 8px; }
.embedded body { padding: 0; background: var(--surface); } .embedded main { max-width: none; padding: 16px; border: 0; }
h1 { margin: 0; font-size: 20px; line-height: 1.4; } p { margin: 0; overflow-wrap: anywhere; }
.subtitle { color: var(--ink-2); } img { display: block; width: 100%; height: auto; margin: 16px 0; }
.notes { margin-top: 8px; color: var(--ink-2); } .source { margin-top: 8px; font-size: 12px; color: var(--ink-3); }
details { margin-top: 12px; color: var(--ink-2); } summary { cursor: pointer; }
nav { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; margin-top: 16px; padding-top: 12px; border-top: 1px solid var(--hairline); }
nav span { margin-left: auto; color: var(--ink-3); } a { padding: 4px 0; color: var(--accent); } .embedded nav { margin-top: 8px; padding-top: 4px; font-size: 12px; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
@media (max-width: 640px) { body { padding: 0; } main { padding: 16px; border: 0; border-radius: 0; } nav span { margin-left: 0; } }
@media print { body { padding: 0; background: none; } main { border: 0; } nav { display: none; } }`;
