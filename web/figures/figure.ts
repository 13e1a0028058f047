/** A figure is a chart of the product as a plain value: what it asks, what it says, how it is drawn. Pure. */
import type { z } from 'zod';
import type { Meta } from '../../server/contract/query.ts';
import type { ChartBuilder } from '../charts/frame.ts';
import type { NativeBuilder } from '../charts/native/native.ts';
import type { ValueKind } from '../charts/scale.ts';
import type { Params } from '../filters/grammar.ts';
import type { Mark } from '../filters/marks.ts';
import type { Scope } from '../filters/scope.ts';
import type { Call } from './calls.ts';

/** What an address resolves to, for one figure. */
export interface FigureScope<P> extends Scope {
  readonly params: P;
  /** Members in the order in which the page hands out its colours; left out, a figure goes by its own answers. */
  readonly owners?: readonly string[] | undefined;
}

export interface FigureTable {
  columns: readonly { id: string; header: string; kind: 'text' | ValueKind; mark?: Mark | undefined }[];
  rows: readonly (readonly (string | number | null)[])[];
  /** What each row stands for. */
  marks?: readonly (Mark | undefined)[];
}

export interface Heading {
  title: string;
  subtitle: string;
  definition?: string;
  /** Pixels on a page, if its rows or its shape ask for others than most. */
  height?: number;
}

/** A change of the address that brings what is missing, as a button beside the words that say so. */
export interface Mend {
  label: string;
  change: Params;
}

/** What the answers say. Its title is the finding if there is one; what it leaves out stays as it is in the heading. */
export interface Said<D> extends Partial<Heading> {
  /** What a reader must know, under the chart. */
  notes?: readonly string[];
  mend?: Mend | undefined;
  table: FigureTable;
  data: D;
  cut?: string | null;
}

/** Why there is nothing to draw, and what to do about it. */
export interface Nothing extends Partial<Heading> {
  nothing: string;
  remedy: string;
  mend?: Mend | undefined;
  cut?: string | null;
}

/** What a figure's calls were answered, by their names. */
export type Answers = Readonly<Record<string, { readonly meta: Meta } | undefined>>;

/** The calls that a figure's answers come from, by the same names. */
export type CallsOf<A> = { readonly [K in keyof A]: Call<A[K]> };

export interface Figure<P extends z.ZodObject, A extends Answers, D> {
  /** Stable: it stands in links and decks. `<page>.<figure>` */
  readonly id: string;
  /** The figure's own part of the address; whatever is written there parses. */
  readonly params: P;
  readonly heads: (scope: FigureScope<z.output<P>>) => Heading;
  /** Called again with what came until it names no call that is not answered; three rounds at most. */
  readonly asks: (scope: FigureScope<z.output<P>>, answers: Partial<A>) => CallsOf<A>;
  readonly says: (answers: A, scope: FigureScope<z.output<P>>) => Said<D> | Nothing;
  /** Its marks carry what they stand for; where that leads is one rule for all (web/filters/leads.ts). */
  readonly draws: ChartBuilder<D>;
  /** The same data as a chart of PowerPoint, if it has the kind. */
  readonly native?: NativeBuilder<D>;
}

/** Any figure, for lists of them. */
export interface AnyFigure {
  readonly id: string;
  /** Hands the figure, with its own types, to `use`. */
  readonly take: <R>(use: <P extends z.ZodObject, A extends Answers, D>(figure: Figure<P, A, D>) => R) => R;
}

export const figure = <P extends z.ZodObject, A extends Answers, D>(
  value: Figure<P, A, D>,
): Figure<P, A, D> & AnyFigure => ({ ...value, take: (use) => use(value) });

/** A figure in words and data: ready to be shown, drawn or written to a file. */
export interface Told<D> extends Heading {
  notes: readonly string[];
  mend?: Mend;
  cut: string | null;
  /** Undefined if there is nothing to draw, or no answer yet. */
  drawn?: { data: D; table: FigureTable };
  nothing?: { reason: string; remedy: string };
}

/** Heading and answers put together; before there are answers, the heading alone. */
export function tell<P extends z.ZodObject, A extends Answers, D>(
  { heads, says }: Figure<P, A, D>,
  scope: FigureScope<z.output<P>>,
  answers: A | undefined,
): Told<D> {
  const heading = heads(scope);
  if (answers === undefined) return { ...heading, notes: [], cut: null };
  const said = says(answers, scope);
  const { title = heading.title, subtitle = heading.subtitle, cut = null } = said;
  const { definition = heading.definition, height = heading.height } = said;
  const told = {
    title,
    subtitle,
    cut,
    ...(definition === undefined ? {} : { definition }),
    ...(height === undefined ? {} : { height }),
    ...(said.mend === undefined ? {} : { mend: said.mend }),
  };
  return 'nothing' in said
    ? { ...told, notes: [], nothing: { reason: said.nothing, remedy: said.remedy } }
    : { ...told, notes: said.notes ?? [], drawn: { data: said.data, table: said.table } };
}
