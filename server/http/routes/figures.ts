import type { Request, Response } from 'express';
import { Router } from 'express';
import JSZip from 'jszip';
import { toCsv } from '../../../web/export/csv.ts';
import { LEAST_SIDE, MOST_PIXELS, MOST_SIDE, SIZES, sizeOf } from '../../../web/export/sizes.ts';
import { FIGURES } from '../../../web/figures/all.ts';
import type { AnyFigure, FigureTable } from '../../../web/figures/figure.ts';
import { fixedScope, pageOf } from '../../../web/figures/fixed.ts';
import type { Params } from '../../../web/filters/grammar.ts';
import { ENDPOINTS } from '../../contract/endpoints.ts';
import {
  FIGURE_FORMATS,
  FIGURE_TYPE,
  type FigureFormat,
  type FigureParams,
  type Figures,
  type FigureWords,
  figureParams,
} from '../../contract/figures.ts';
import type { Column } from '../../contract/query.ts';
import { ProblemError } from '../../problem.ts';
import { readGiven } from '../../read-given.ts';
import { askFigure } from '../../render/ask-figure.ts';
import { type FigureInWords, figureById, type PictureWanted } from '../../render/draw-figure.ts';
import type { FigureAsked, Renderer } from '../../render/renderer.ts';
import { loadOutlookTables } from '../../vocabulary/holidays.ts';
import type { Language } from '../../wording.ts';
import { askingOf } from '../asking.ts';
import { notModified } from '../caching.ts';
import { type AskedContext, clientGone, languageOf } from '../context.ts';
import { answeringIn } from '../figures/answering.ts';
import { embeddedFigure, type FigurePage, figurePage, refusedPage } from '../figures/figure-page.ts';
import { makeFile } from '../formats/large-file.ts';
import type { Table } from '../formats/table.ts';
import { paramsOf, serve } from '../serve.ts';

interface FigureRouters {
  /** At `/api/v1`. */
  readonly router: Router;
  /** At the root. */
  readonly pages: Router;
}

/** Every chart of the product as a file, and as a page of its own. */
export function figureRoutes(context: AskedContext, renderer: Renderer, tables = loadOutlookTables()): FigureRouters {
  const router = Router();
  serve(router, ENDPOINTS.figures, async (req, res) => {
    if (notModified(req, res, context.warehouse.state().version)) return;
    const rows = await context.warehouse.read(
      async (session) => {
        const catalog = await answeringIn(session, 'zh', tables).catalog();
        const about = { names: {}, release: null };
        const titleOf = (figure: AnyFigure, language: Language): string =>
          figure.take((taken) => {
            const scope = fixedScope(taken, {}, catalog, language, about);
            return scope === null ? taken.id : taken.heads(scope).title;
          });
        return FIGURES.map((figure) => ({
          id: figure.id,
          page: pageOf(figure.id),
          title: { en: titleOf(figure, 'en'), zh: titleOf(figure, 'zh') },
          params: figure.take(({ params }) => Object.keys(params.shape)),
          native: figure.take(({ native }) => native !== undefined),
        }));
      },
      askingOf(req, res, context),
    );
    res.json({ rows } satisfies Figures);
  });
  serve(router, ENDPOINTS.figure, async (req, res) => {
    const { figure, format } = fileAsked(req.params.file);
    const given = paramsOf(ENDPOINTS.figure, req);
    const wanted = wantedOf(given);
    if (notModified(req, res, context.warehouse.state().version)) return;
    const languages = given.lang?.split(',').map((one) => (one === 'en' ? 'en' : 'zh')) ?? [languageOf(req)];
    const files = await Promise.all(
      languages.map(async (language) => {
        const asked = askedOf(req, res, figure, language);
        return [language, await fileOf(asked, format, wanted, renderer, res)] as const;
      }),
    );
    if (given.download !== undefined && given.download !== '')
      res.attachment(`${given.download}.${files.length > 1 ? 'zip' : format}`);
    const [first] = files;
    if (files.length > 1) {
      const zip = new JSZip();
      for (const [language, bytes] of files) zip.file(`${figure.id}-${language}.${format}`, bytes);
      res.type('application/zip').send(await zip.generateAsync({ type: 'nodebuffer' }));
    } else if (first !== undefined) res.type(FIGURE_TYPE[format]).send(Buffer.from(first[1]));
  });
  const pageAsked = async (req: Request, res: Response) => {
    const id = typeof req.params.id === 'string' ? req.params.id : '';
    const { figure } = fileAsked(`${id}.svg`);
    const given = readGiven(figureParams, req.query);
    const language = given.lang?.startsWith('en') === true ? 'en' : given.lang === undefined ? languageOf(req) : 'zh';
    const asked = askedOf(req, res, figure, language);
    const words = await renderer.words(asked);
    const svg = await renderer.picture(asked, 'svg', wantedOf(given));
    if (svg === null) throw nothingToDraw(words);
    return {
      ...{ id, address: asked.address, language, theme: given.theme, words, svg: new TextDecoder().decode(svg) },
      origin: `${req.protocol}://${req.get('host') ?? ''}`,
      search: /\?.*$/u.exec(req.originalUrl)?.[0] ?? '',
    };
  };
  const page = (make: (page: FigurePage) => string) => async (req: Request, res: Response) => {
    try {
      if (notModified(req, res, context.warehouse.state().version)) return;
      res.type('html').send(make(await pageAsked(req, res)));
    } catch (thrown) {
      if (!(thrown instanceof ProblemError)) throw thrown;
      res.removeHeader('ETag');
      res
        .status(thrown.status)
        .type('html')
        .send(refusedPage(thrown.detail[languageOf(req)], languageOf(req)));
    }
  };
  const pages = Router();
  serve(pages, ENDPOINTS.figurePage, page(figurePage));
  serve(
    pages,
    ENDPOINTS.embeddedFigure,
    (_req, res, next) => {
      // The one page that others may frame.
      const policy = String(res.getHeader('Content-Security-Policy') ?? '');
      res.set('Content-Security-Policy', policy.replace("frame-ancestors 'self'", 'frame-ancestors *'));
      res.removeHeader('X-Frame-Options');
      next();
    },
    page(embeddedFigure),
  );
  return { router, pages };

  function askedOf(req: Request, res: Response, figure: AnyFigure, language: Language): FigureAsked {
    const address = addressOf(req);
    return {
      id: figure.id,
      address,
      language,
      version: context.warehouse.state().version,
      answered: () => {
        // Others may wait for the same picture: who leaves does not cancel it.
        const { signal: _, ...asking } = askingOf(req, res, context);
        return context.warehouse.read(
          (session) => askFigure(figure, address, language, answeringIn(session, language, tables)),
          asking,
        );
      },
    };
  }
}

/** @throws ProblemError `not_found` */
function fileAsked(file: string | string[] | undefined): { figure: AnyFigure; format: FigureFormat } {
  const name = typeof file === 'string' ? file : '';
  const dot = name.lastIndexOf('.');
  const figure = figureById(name.slice(0, dot));
  const format = FIGURE_FORMATS.find((one) => one === name.slice(dot + 1));
  if (figure !== undefined && format !== undefined) return { figure, format };
  const formats = FIGURE_FORMATS.join(', ');
  throw new ProblemError('not_found', {
    en: `There is no figure “${name.slice(0, 100)}”. /api/v1/figures lists their ids; after the id and a dot stands one of ${formats}.`,
    zh: `没有图表“${name.slice(0, 100)}”。/api/v1/figures 列出全部图表编号；编号后加点和格式：${formats}。`,
  });
}

/** @throws ProblemError `invalid_request` for a size that cannot be drawn */
function wantedOf({ size, theme, ground, title, subtitle, note }: FigureParams): PictureWanted {
  const found = sizeOf(size);
  if (found !== null) return { size: found, theme, transparent: ground === 'transparent', title, subtitle, note };
  const names = Object.keys(SIZES);
  const most = MOST_PIXELS / 1e6;
  const message = {
    en: `The size must be one of ${names.join(', ')}, or WIDTHxHEIGHT in pixels, ${LEAST_SIDE} to ${MOST_SIDE} a side, at most ${most} megapixels and four times as wide as high.`,
    zh: `size 须为 ${names.join('、')} 之一，或“宽x高”（像素）：每边 ${LEAST_SIDE} 至 ${MOST_SIDE}，总计不超过 ${most * 100} 万像素，长边不超过短边的四倍。`,
  };
  throw new ProblemError('invalid_request', message, [{ path: 'size', message }]);
}

const PICTURES_OWN: readonly string[] = [...Object.keys(ENDPOINTS.figure.params.shape)];

/** The address of the figure's page: what is not about the picture. */
function addressOf(req: Request): Params {
  const own = Object.entries(req.query).filter(([name]) => !PICTURES_OWN.includes(name));
  return Object.fromEntries(own.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}

async function fileOf(
  asked: FigureAsked,
  format: FigureFormat,
  wanted: PictureWanted,
  renderer: Renderer,
  res: Response,
): Promise<Uint8Array> {
  if (format === 'svg' || format === 'png' || format === 'pdf' || format === 'pptx') {
    const bytes = await renderer.picture(asked, format, wanted);
    if (bytes !== null) return bytes;
    throw nothingToDraw(await renderer.words(asked));
  }
  const words = await renderer.words(asked);
  if (format === 'json') return utf8(JSON.stringify(inJson(asked.id, words)));
  if (words.table === null) throw nothingToDraw(words);
  if (format === 'csv') return utf8(toCsv(headersOf(words.table), words.table.rows));
  const table = tableOf(words.table);
  return makeFile(format, table, clientGone(res));
}

const headersOf = ({ columns }: FigureTable): string[] => columns.map(({ header }) => header);

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const inJson = (id: string, { table, ...words }: FigureInWords): FigureWords => ({
  id,
  ...words,
  notes: [...words.notes],
  columns: (table?.columns ?? []).map(({ id: column, header, kind }) => ({ id: column, header, kind })),
  rows: (table?.rows ?? []).map((row) => [...row]),
});

/** @returns the same rows, as files of answers are made of them */
function tableOf({ columns, rows }: FigureTable): Table {
  const written = columns.map(
    ({ id, header, kind }): Column => ({
      id,
      type: kind === 'text' ? 'text' : 'number',
      unit: null,
      label: { en: header, zh: header },
    }),
  );
  return {
    columns: written,
    rows: rows.map((row) => Object.fromEntries(columns.map(({ id }, at) => [id, row[at] ?? null]))),
  };
}

function nothingToDraw({ title, nothing }: FigureInWords): ProblemError {
  const text = nothing === null ? title : `${title}: ${nothing.reason} ${nothing.remedy}`;
  return new ProblemError('not_enough_data', { en: text, zh: text });
}
