import { sourceParts } from '../../web/export/source.ts';
import { query } from '../../web/figures/calls.ts';
import { headlines, kpiQueries } from '../../web/figures/overview/kpis.ts';
import { sourceOf } from '../../web/figures/source.ts';
import { type Params, parseFilters } from '../../web/filters/grammar.ts';
import { resolveScope, type Scope } from '../../web/filters/scope.ts';
import type { Language } from '../../web/i18n/i18n.ts';
import { compact, grown, percent, points, range as rangeText } from '../../web/i18n/numbers.ts';
import type { BriefAnswer } from '../contract/analyses-outlook.ts';
import type { MeasureInfo } from '../contract/catalog.ts';
import type { Answering } from './answering.ts';
import { askFigure } from './ask-figure.ts';
import { chosenFindings, figureOf } from './brief-deck.ts';
import { figureById } from './draw-figure.ts';
import type { TableSlide } from './pptx/slides.ts';
import type { Page } from './render-thread.ts';
import { renderWords } from './words.ts';

/** The brief as slides in one language: title, market, and a figure a finding. @throws ProblemError as the endpoints do */
export async function briefPages(brief: BriefAnswer, language: Language, answering: Answering): Promise<Page[]> {
  const t = renderWords.say(language);
  const address: Params = { from: brief.from, to: brief.to };
  const when = rangeText(brief.from, brief.to, language);
  const scope = resolveScope(parseFilters(address), await answering.catalog(), language);
  if (scope === null) return [];
  const findings = chosenFindings(brief.rows);
  const told = await Promise.all(
    findings.map(async (finding): Promise<Page[]> => {
      const shown = figureOf(finding, brief);
      const figure = figureById(shown.figure);
      if (figure === undefined) return [];
      const answered = await askFigure(figure, shown.address, language, answering);
      return [{ answered, title: finding.sentence[language] }];
    }),
  );
  const market = await marketSlide(scope, when, answering);
  const opening = {
    title: t('brief', { when }),
    subtitle: t('brief_subtitle', { count: findings.length }),
    source: market.source,
    language,
  };
  return [opening, market, ...told.flat()];
}

async function marketSlide(scope: Scope, when: string, answering: Answering): Promise<TableSlide> {
  const { language, catalog, compared } = scope;
  const t = renderWords.say(language);
  const answer = await answering.ask(query(scope, kpiQueries(scope).totals));
  const row = answer.rows[0] ?? {};
  const cell = (id: string): number | null => {
    const value = row[id];
    return value === undefined || value === null ? null : Number(value);
  };
  const source = sourceOf(scope, answer.meta);
  const changed = ({ id, unit }: MeasureInfo): string => {
    const delta = cell(`${id}__delta`);
    if (unit === 'fraction') return points(delta === null ? null : delta * 100, language);
    return grown(cell(`${id}__growth`), language);
  };
  return {
    title: t('market', { when }),
    subtitle:
      compared === null
        ? t('market_alone')
        : t('market_compared', { compared: rangeText(compared.from, compared.to, language) }),
    header: [t('measure'), t('now'), ...(compared === null ? [] : [t('before'), t('change')])],
    rows: headlines(catalog).map((measure) => [
      measure.label[language],
      written(cell(measure.id), measure, language),
      ...(compared === null ? [] : [written(cell(`${measure.id}__previous`), measure, language), changed(measure)]),
    ]),
    source: sourceParts(source, language).join(' · '),
    synthetic: source.synthetic,
    language,
  };
}

const written = (value: number | null, { unit }: MeasureInfo, language: Language): string =>
  unit === 'fraction' ? percent(value) : compact(value, language);
