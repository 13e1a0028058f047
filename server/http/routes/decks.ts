import { Router } from 'express';
import { ANALYSES, ENDPOINTS } from '../../contract/endpoints.ts';
import { FIGURE_TYPE } from '../../contract/figures.ts';
import { briefPages } from '../../render/brief-pages.ts';
import type { Page } from '../../render/render-thread.ts';
import type { Renderer } from '../../render/renderer.ts';
import { loadOutlookTables } from '../../vocabulary/holidays.ts';
import { askingOf } from '../asking.ts';
import { notModified } from '../caching.ts';
import { type AskedContext, languageOf } from '../context.ts';
import { answeringIn } from '../figures/answering.ts';
import { paramsOf, serve } from '../serve.ts';

/** More than a deck tells: the weightiest of each kind are chosen. */
const FINDINGS = 50;

export function deckRoutes(context: AskedContext, renderer: Renderer, tables = loadOutlookTables()): Router {
  const router = Router();
  serve(router, ENDPOINTS.briefDeck, async (req, res) => {
    const { lang, download, ...days } = paramsOf(ENDPOINTS.briefDeck, req);
    if (notModified(req, res, context.warehouse.state().version)) return;
    const languages = lang?.split(',').map((one) => (one === 'en' ? 'en' : 'zh')) ?? [languageOf(req)];
    const told = await context.warehouse.read(
      async (session) => {
        const decks: Page[][] = [];
        for (const language of languages) {
          const answering = answeringIn(session, language, tables);
          const brief = await answering.ask({
            name: 'brief',
            endpoint: ANALYSES.brief,
            given: { ...days, limit: FINDINGS },
          });
          decks.push(await briefPages(brief, language, answering));
        }
        return decks;
      },
      askingOf(req, res, context),
    );
    // Twins stand side by side.
    const [first = []] = told;
    const pages = first.flatMap((_, at) => told.flatMap((deck) => deck[at] ?? []));
    const [opening] = first;
    const bytes = await renderer.deck(opening !== undefined && 'title' in opening ? (opening.title ?? '') : '', pages);
    if (download !== undefined && download !== '') res.attachment(`${download}.pptx`);
    res.type(FIGURE_TYPE.pptx).send(Buffer.from(bytes));
  });
  return router;
}
