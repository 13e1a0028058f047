import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import type { AnsweredFigure } from './ask-figure.ts';
import { type FigureInWords, figureInWords, figureSlide, figureSvg, type PictureWanted } from './draw-figure.ts';
import { ChineseFonts } from './fonts.ts';
import { pdfOf } from './pdf.ts';
import { pngOf } from './png.ts';
import { deckOf } from './pptx/deck.ts';
import type { Slide, TableSlide, TitleSlide } from './pptx/slides.ts';

export type PictureKind = 'svg' | 'png' | 'pdf' | 'pptx';

export type Job = { readonly job: number } & (DeckJob | FigureJob);
interface DeckJob {
  readonly kind: 'deck';
  readonly title: string;
  readonly pages: readonly Page[];
}
type FigureJob = { readonly figure: AnsweredFigure } & (
  | { readonly kind: PictureKind; readonly wanted: PictureWanted }
  | { readonly kind: 'words' }
);
/** A slide of a deck: ready, or of a figure, with a title of its own. */
export type Page = TitleSlide | TableSlide | { readonly answered: AnsweredFigure; readonly title?: string | undefined };
/** Of a picture its bytes, or null if there is nothing to draw. */
export type Done = { readonly job: number } & (
  | { readonly bytes: Uint8Array | null }
  | { readonly words: FigureInWords }
  | { readonly error: string }
);

const fonts = new ChineseFonts(z.string().parse(workerData));
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (job: Job) => {
  last = last.then(() => done(job)).then((message) => parentPort?.postMessage(message));
});

async function done(job: Job): Promise<Done> {
  try {
    if (job.kind === 'deck') return { job: job.job, bytes: await deckOf(await slidesOf(job.pages), job.title) };
    if (job.kind === 'words') return { job: job.job, words: await figureInWords(job.figure) };
    if (job.kind === 'pptx') {
      const slide = await figureSlide(job.figure, job.wanted, png);
      return { job: job.job, bytes: slide === null ? null : await deckOf([slide], slide.title) };
    }
    const svg = await figureSvg(job.figure, job.wanted);
    return { job: job.job, bytes: svg === null ? null : await file(svg, job.kind, job.wanted) };
  } catch (error) {
    return { job: job.job, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

const png = (svg: string, width: number): Promise<Uint8Array> => pngOf(svg, width, fonts);

/** Without figures that have nothing to draw. */
async function slidesOf(pages: readonly Page[]): Promise<Slide[]> {
  const slides: Slide[] = [];
  for (const page of pages) {
    const slide = 'answered' in page ? await figureSlide(page.answered, { title: page.title }, png) : page;
    if (slide !== null) slides.push(slide);
  }
  return slides;
}

async function file(svg: string, kind: PictureKind, { size }: PictureWanted): Promise<Uint8Array> {
  if (kind === 'png') return pngOf(svg, size.pixels.width, fonts);
  if (kind === 'pdf') return pdfOf(svg, size, fonts);
  return new TextEncoder().encode(svg);
}
