/** At which addresses the figures are drawn to be looked at, and kept as golden pictures. */
import { FIGURES } from '../../web/figures/all.ts';
import type { AnyFigure } from '../../web/figures/figure.ts';
import type { Params } from '../../web/filters/grammar.ts';

export interface Sight {
  /** The figure's, and a word more if it is drawn at several addresses. */
  readonly id: string;
  readonly figure: AnyFigure;
  readonly address: Params;
}

const THREE_SERIES = { producer: undefined, series: 'MD004828,MD003317,MD004348' };

/** By the page of the figure; one of a page that is not here is drawn at its plain address. */
const ADDRESSES: Readonly<Record<string, Params>> = {
  series: { id: 'MD010394', range: 'all' },
  genre: { id: 'ceo', primary_genre: 'ceo' },
  producer: { id: '听花岛', producer: '听花岛' },
  compare: { producer: '听花岛,清欢文化传媒,椰风影业' },
  club: { range: '12m' },
};

/** Of one figure, instead of its page's: every series of the data would be too many to keep. */
const OWN: Readonly<Record<string, Params>> = { 'genres.spread': { format: 'comic' } };

/** What the plain address does not show. */
const MORE: Readonly<Record<string, Readonly<Record<string, Params>>>> = {
  'overview.formats': { cut: { from: '2025-05-01', to: '2025-10-18' } },
  'genres.trend': { formats: { by: 'format' } },
  'compare.ages': { series: THREE_SERIES },
  'compare.mix': { series: THREE_SERIES },
  'growth.index': { producers: { by: 'producer' }, cut: { from: '2025-03-01', to: '2025-10-18' } },
  'growth.decomposition': { quarter: { range: '3m' } },
  'growth.movers': { genres: { by: 'primary_genre', range: '3m' } },
};

/** Every figure once at least, in the order of its page. */
export const SIGHTS: readonly Sight[] = FIGURES.flatMap((figure) => {
  const plain = OWN[figure.id] ?? ADDRESSES[figure.id.split('.')[0] ?? ''] ?? {};
  const more = Object.entries(MORE[figure.id] ?? {});
  return [
    { id: figure.id, figure, address: plain },
    ...more.map(([word, address]) => ({ id: `${figure.id}.${word}`, figure, address: { ...plain, ...address } })),
  ];
});
