/** A figure as a page of its own: no script, the drawing inside. Pure. */

import { pageOf } from '../../../web/figures/fixed.ts';
import { formatSearch, type Params } from '../../../web/filters/grammar.ts';
import { MEMBER_PAGES } from '../../../web/filters/memberPages.ts';
import type { FigureInWords } from '../../render/draw-figure.ts';
import type { Language } from '../../wording.ts';

export interface FigurePage {
  readonly id: string;
  /** Of the figure's page: what is behind the question mark. */
  readonly address: Params;
  readonly language: Language;
  readonly theme: 'light' | 'dark' | 'stage';
  readonly words: FigureInWords;
  readonly svg: string;
  /** `https://views.example.com`, for what others fetch. */
  readonly origin: string;
  /** The query string with all that was asked. */
  readonly search: string;
}

const escaped = (text: string): string => text.replace(/[&<>"']/gu, (letter) => `&#${letter.charCodeAt(0)};`);

const WORDS = {
  zh: { open: '在 Dramascope 中打开', definition: '定义', data: '数据', tag: 'zh-CN' },
  en: { open: 'Open in Dramascope', definition: 'Definition', data: 'Data', tag: 'en' },
} as const;

const PATHS: Readonly<Record<string, string>> = { overview: '/', data: '/data/coverage' };
const MEMBERS: Readonly<Record<string, string | undefined>> = {
  series: MEMBER_PAGES.series,
  producer: MEMBER_PAGES.producer,
  genre: MEMBER_PAGES.primary_genre,
};

/** The page of the dashboard that shows the figure. */
export function dashboardPath(id: string, { id: member, ...address }: Params): string {
  const page = pageOf(id);
  const before = MEMBERS[page];
  const path = before !== undefined && member !== undefined ? before + encodeURIComponent(member) : PATHS[page];
  return `${path ?? `/${page}`}${formatSearch(address)}`;
}

/** Grounds and inks of the pictures' looks. */
const COLOURS = {
  light: { ground: '#ffffff', ink: '#4c4c57', link: '#3a3ab5' },
  dark: { ground: '#18181c', ink: '#bcbcc6', link: '#a9a9ff' },
  stage: { ground: '#0b0b0e', ink: '#bcbcc6', link: '#a9a9ff' },
} as const;

function styleOf(theme: FigurePage['theme']): string {
  const { ground, ink, link } = COLOURS[theme];
  return `:root{color-scheme:${theme === 'light' ? 'light' : 'dark'}}body{margin:0;background:${ground};color:${ink};font:14px/1.6 Inter,"PingFang SC","Microsoft YaHei","Noto Sans SC",system-ui,sans-serif}main{max-width:1280px;margin:0 auto}svg{display:block;width:100%;height:auto}footer{padding:8px 48px 32px}a{color:${link}}footer a{margin-right:24px}p{max-width:72ch}`;
}

/** To be linked: with what it says for cards of other sites, its definition, and the way into the dashboard. */
export function figurePage(page: FigurePage): string {
  const { id, address, language, words, svg, origin, search } = page;
  const t = WORDS[language];
  const file = (extension: string, more = ''): string =>
    `${origin}/api/v1/figures/${encodeURIComponent(id)}.${extension}${search}${more === '' ? '' : `${search === '' ? '?' : '&'}${more}`}`;
  const meta = [
    ['property', 'og:type', 'article'],
    ['property', 'og:site_name', 'Dramascope'],
    ['property', 'og:title', words.title],
    ['property', 'og:description', `${words.subtitle} · ${words.source}`],
    ['property', 'og:image', file('png', 'size=og')],
    ['property', 'og:image:width', '1200'],
    ['property', 'og:image:height', '627'],
    ['name', 'twitter:card', 'summary_large_image'],
    ['name', 'description', words.subtitle],
  ].map(([kind = '', name = '', text = '']) => `<meta ${kind}="${name}" content="${escaped(text)}">`);
  const definition =
    words.definition === null
      ? ''
      : `<details><summary>${t.definition}</summary><p>${escaped(words.definition)}</p></details>`;
  return `${head(page, meta.join(''))}<main><h1 hidden>${escaped(words.title)}</h1>${svg}<footer><a href="${escaped(dashboardPath(id, address))}">${t.open}</a><a href="${escaped(file('csv'))}">${t.data} (CSV)</a>${definition}</footer></main></body></html>`;
}

/** For a frame of another site: the drawing alone, which opens the figure's page. */
export function embeddedFigure(page: FigurePage): string {
  const { id, svg, search, words } = page;
  const link = `/f/${encodeURIComponent(id)}${search}`;
  return `${head(page, '')}<a href="${escaped(link)}" target="_blank" rel="noopener" aria-label="${escaped(words.title)}">${svg}</a></body></html>`;
}

const head = ({ language, words, theme }: FigurePage, meta: string): string =>
  `<!doctype html><html lang="${WORDS[language].tag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(words.title)} · Dramascope</title>${meta}<style>${styleOf(theme)}</style></head><body>`;

/** What cannot be shown, in words. */
export const refusedPage = (text: string, language: Language): string =>
  `<!doctype html><html lang="${WORDS[language].tag}"><meta charset="utf-8"><title>Dramascope</title><style>${styleOf('light')}body{padding:48px}</style><h1>Dramascope</h1><p>${escaped(text)}</p><p><a href="/">${WORDS[language].open}</a></p></html>`;
