import { answersOf } from '../../web/figures/answers.ts';
import type { AnyFigure } from '../../web/figures/figure.ts';
import { type About, fixedScope, membersNamed, pageOf } from '../../web/figures/fixed.ts';
import { type Params, parseFilters } from '../../web/filters/grammar.ts';
import type { Language } from '../../web/i18n/i18n.ts';
import type { Catalog } from '../contract/catalog.ts';
import { ENDPOINTS } from '../contract/endpoints.ts';
import { ProblemError } from '../problem.ts';
import type { Answering } from './answering.ts';

/** All that it takes to draw a figure, as plain data: a thread can be given it. */
export interface AnsweredFigure {
  readonly id: string;
  readonly address: Params;
  readonly language: Language;
  readonly catalog: Catalog;
  readonly about: About;
  /** By the names that the figure gives to its calls. */
  readonly answers: Readonly<Record<string, unknown>>;
}

/** @throws ProblemError `not_enough_data` while the dataset is empty, and as the figure's endpoints do */
export async function askFigure(
  figure: AnyFigure,
  address: Params,
  language: Language,
  answering: Answering,
): Promise<AnsweredFigure> {
  const catalog = await answering.catalog();
  const about = await aboutOf(figure.id, address, language, catalog, answering);
  return figure.take(async (taken) => {
    const scope = fixedScope(taken, address, catalog, language, about);
    if (scope === null) throw empty();
    const answers = await answersOf(taken, scope, (call) => answering.ask(call));
    return { id: figure.id, address, language, catalog, about, answers };
  });
}

async function aboutOf(
  id: string,
  address: Params,
  language: Language,
  catalog: Catalog,
  answering: Answering,
): Promise<About> {
  const named = await Promise.all(
    membersNamed(id, address).map(async ({ dimension, ids }) => {
      const { rows } = await answering.members(dimension, ids);
      return [dimension, Object.fromEntries(rows.map((row) => [row.id, row.label[language]]))] as const;
    }),
  );
  return { names: Object.fromEntries(named), release: await releaseOf(id, address, catalog, answering) };
}

/** Only `range=release` needs it. */
async function releaseOf(id: string, address: Params, catalog: Catalog, answering: Answering): Promise<string | null> {
  const { time } = parseFilters(address);
  const day = catalog.dataset.as_of;
  const wanted = time?.kind === 'preset' && time.preset === 'release' && pageOf(id) === 'series';
  if (!wanted || address.id === undefined || day === null) return null;
  const { series } = await answering.ask({
    name: 'series',
    endpoint: ENDPOINTS.series,
    given: { id: address.id, from: day, to: day },
  });
  return series.release_at?.slice(0, 10) ?? null;
}

const empty = (): ProblemError =>
  new ProblemError('not_enough_data', {
    en: 'The dataset is empty, so there is nothing to draw. Import a view log first (page Data, or npm run import -- FILE).',
    zh: '还没有数据，无法绘图。请先导入播放日志（“数据”页，或 npm run import -- 文件）。',
  });
