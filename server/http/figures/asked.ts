import type { Request, Response } from 'express';
import type { AnyFigure } from '../../../web/figures/figure.ts';
import type { Params } from '../../../web/filters/grammar.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import { type AnsweredFigure, askFigure } from '../../render/ask-figure.ts';
import type { FigureAsked } from '../../render/renderer.ts';
import type { OutlookTables } from '../../vocabulary/holidays.ts';
import type { Language } from '../../wording.ts';
import { askingOf } from '../asking.ts';
import type { AskedContext } from '../context.ts';
import { answeringIn } from './answering.ts';

/** The address of the figure's page: what is not the endpoint's own. */
export function addressIn(req: Request, { params }: Pick<Endpoint, 'params'>): Params {
  const own = Object.keys(params?.shape ?? {});
  const rest = Object.entries(req.query).filter(([name]) => !own.includes(name));
  return Object.fromEntries(rest.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}

interface Wanted {
  readonly figure: AnyFigure;
  readonly address: Params;
  readonly language: Language;
}

/** A figure as a renderer takes it. */
export const askedOf = (
  req: Request,
  res: Response,
  context: AskedContext,
  tables: OutlookTables,
  { figure, address, language }: Wanted,
): FigureAsked => {
  // Several pictures of one request rest on the same answers.
  let answers: Promise<AnsweredFigure> | undefined;
  return {
    id: figure.id,
    address,
    language,
    version: context.warehouse.state().version,
    answered: () => {
      // Others may wait for the same picture: who leaves does not cancel it.
      const { signal: _, ...asking } = askingOf(req, res, context);
      answers ??= context.warehouse.read(
        (session) => askFigure(figure, address, language, answeringIn(session, language, tables)),
        asking,
      );
      return answers;
    },
  };
};
