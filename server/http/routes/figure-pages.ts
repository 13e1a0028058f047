import type { Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import { SIZES } from '../../../web/export/sizes.ts';
import { pageAddress } from '../../../web/figures/pageAddress.ts';
import type { Params } from '../../../web/filters/grammar.ts';
import { ENDPOINTS } from '../../contract/endpoints.ts';
import { ProblemError } from '../../problem.ts';
import { figureById, type PictureWanted } from '../../render/draw-figure.ts';
import type { Renderer } from '../../render/renderer.ts';
import type { OutlookTables } from '../../vocabulary/holidays.ts';
import { notModified } from '../caching.ts';
import { type AskedContext, languageOf } from '../context.ts';
import { addressIn, askedOf } from '../figures/asked.ts';
import { figurePage, refusalPage } from '../figures/figure-page.ts';
import { asProblem } from '../problem.ts';
import { paramsOf, serve } from '../serve.ts';

const { width, height } = SIZES.og.pixels;
/** As wide as the page's column, and as a phone; type is as large in both. */
const WIDE: PictureWanted['size'] = { width: 960, height: 480, pixels: { width: 960, height: 480 }, type: 1 };
const SMALL: PictureWanted['size'] = { width: 358, height: 380, pixels: { width: 358, height: 380 }, type: 1 };
const FILES = ['png', 'svg', 'pdf', 'pptx', 'csv', 'xlsx'] as const;

/** Every chart as a small page of its own, and as one that pages of other sites may frame. */
export function figurePages(context: AskedContext, renderer: Renderer, tables: OutlookTables): Router {
  const router = Router();
  serve(router, ENDPOINTS.figurePage, shown(false));
  serve(router, ENDPOINTS.figureEmbed, framed, shown(true));
  return router;

  function shown(embedded: boolean): RequestHandler {
    return async (req, res) => {
      try {
        await show(req, res, embedded);
      } catch (thrown) {
        const problem = asProblem(thrown);
        // Those are logged where all are.
        if (problem.status >= 500) throw thrown;
        const language = languageOf(req);
        const theme = req.query.theme === 'dark' || req.query.theme === 'stage' ? req.query.theme : 'light';
        const detail = [problem.detail[language], ...(problem.errors ?? []).map(({ path }) => path)].join(' ');
        const refusal = { title: TITLE[language], detail, home: `${originOf(req)}/` };
        res.removeHeader('ETag');
        res.status(problem.status).type('html').send(refusalPage(refusal, { language, theme, embedded }));
      }
    };
  }

  async function show(req: Request, res: Response, embedded: boolean): Promise<void> {
    const { id } = req.params;
    const figure = figureById(typeof id === 'string' ? id : '');
    if (figure === undefined) throw unknownFigure(String(id));
    const given = paramsOf(ENDPOINTS.figurePage, req);
    if (notModified(req, res, context.warehouse.state().version)) return;
    const language = languageOf(req);
    const address = addressIn(req, ENDPOINTS.figurePage);
    const asked = askedOf(req, res, context, tables, { figure, address, language });
    const { theme, title, subtitle, note } = given;
    const bare = { theme, transparent: true, bare: true };
    const [words, wide, narrow] = await Promise.all([
      renderer.words(asked),
      renderer.picture(asked, 'svg', { ...bare, size: WIDE }),
      renderer.picture(asked, 'svg', { ...bare, size: SMALL }),
    ]);
    const origin = originOf(req);
    const own = { title, subtitle, note, theme: theme === 'light' ? undefined : theme };
    const search = (more: Params) => searchOf({ ...address, ...own, lang: language, ...more });
    const file = (format: string, more: Params = {}) =>
      `${origin}${ENDPOINTS.figure.path.replace('{file}', `${figure.id}.${format}`)}${search(more)}`;
    const page = figurePage({
      language,
      theme,
      words: {
        ...words,
        title: title ?? words.title,
        subtitle: subtitle ?? words.subtitle,
        notes: note === undefined ? words.notes : [note],
      },
      drawings: wide === null || narrow === null ? null : { wide: textOf(wide), narrow: textOf(narrow) },
      own: `${origin}/f/${figure.id}${search({})}`,
      dashboard: `${origin}${pageAddress(figure.id, { ...address, lang: language })}`,
      card: { address: file('png', { size: 'og', theme: undefined }), width, height },
      files: FILES.map((format) => ({ format, address: file(format, { download: figure.id }) })),
      embedded,
    });
    res.type('html').send(page);
  }
}

/** Empty ones stay: they leave a word out. */
function searchOf(params: Params): string {
  const given = Object.entries(params).filter((one): one is [string, string] => one[1] !== undefined);
  return `?${new URLSearchParams(given)}`;
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** A proxy says by which scheme it was asked. */
function originOf(req: Request): string {
  const secure = req.secure || req.get('x-forwarded-proto') === 'https';
  return `${secure ? 'https' : 'http'}://${req.get('host') ?? 'localhost'}`;
}

const TITLE = { en: 'This chart cannot be shown', zh: '无法显示此图表' } as const;

const unknownFigure = (id: string): ProblemError =>
  new ProblemError('not_found', {
    en: `There is no chart “${id.slice(0, 100)}”. Copy the link again from the chart's menu in the dashboard; /api/v1/figures lists every id.`,
    zh: `没有图表“${id.slice(0, 100)}”。请在仪表盘的图表菜单中重新复制链接；全部图表编号见 /api/v1/figures。`,
  });

/** Of all pages here only this one, as it changes nothing and has no button that could be pressed unseen. */
const framed: RequestHandler = (_req, res, next) => {
  const policy = String(res.getHeader('Content-Security-Policy') ?? '');
  res.set('Content-Security-Policy', policy.replace(/frame-ancestors [^;]*/u, 'frame-ancestors *'));
  res.removeHeader('X-Frame-Options');
  next();
};
