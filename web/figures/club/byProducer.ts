import { LOW_CHART, rowsBeside } from '../../charts/heights.ts';
import { horizontalBars } from '../../charts/horizontalBars.ts';
import { memberHue } from '../../charts/look.ts';
import { nativeBars } from '../../charts/native/bars.ts';
import { markOf } from '../../filters/marks.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import { isAsked } from '../asked.ts';
import { figure } from '../figure.ts';
import { amountOf, clubCall, clubParams, knownProducers, nobodyCrossed, producersByCount } from './club.ts';
import { clubWords } from './words.ts';

const SHOWN = 12;
const heightOf = (rows: number): number => rowsBeside(Math.min(SHOWN, rows), LOW_CHART);

export const clubByProducer = figure({
  id: 'club.by_producer',
  params: clubParams,
  heads: (scope) => {
    const { range, language } = scope;
    const t = clubWords.say(language);
    const threshold = amountOf(scope);
    return {
      title: t('by_producer_title', { threshold }),
      subtitle: t('by_producer_subtitle', { threshold, range: rangeText(range.from, range.to, language) }),
      definition: t('crossing_definition'),
      height: heightOf(3),
    };
  },
  asks: (scope) => ({ club: clubCall(scope) }),
  says: ({ club }, scope) => {
    const t = clubWords.say(scope.language);
    const { rows, by_producer: producers } = club;
    if (producers.length === 0) return nobodyCrossed(scope);
    const [first, second] = knownProducers(club);
    // Who was asked for is no finding.
    const asked = isAsked(scope, first?.producer, 'producer', 'credited_producer');
    const leads = first !== undefined && first.count >= 2 && first.count > (second?.count ?? 0) && !asked;
    const all = first?.count === rows.length;
    const owners = scope.owners ?? producersByCount(undefined, club);
    return {
      ...(leads
        ? {
            title: t(all ? 'by_producer_all' : 'by_producer_lead', {
              producer: first.producer_label,
              count: first.count,
              total: rows.length,
            }),
          }
        : {}),
      data: {
        bars: producers.slice(0, SHOWN).map((one) => ({
          id: one.producer,
          name: one.producer_label,
          value: one.count,
          share: one.share,
          rank: producers.findIndex((other) => other.count === one.count) + 1,
          hue: memberHue('producer', one.producer, owners),
          mark: markOf('producer', one.producer, one.producer_label),
        })),
        kind: 'count' as const,
        measure: t('count'),
      },
      table: {
        columns: [
          { id: 'producer', header: t('producer'), kind: 'text' },
          { id: 'count', header: t('count'), kind: 'count' },
          { id: 'share', header: t('share'), kind: 'fraction' },
        ],
        rows: producers.map((one) => [one.producer_label, one.count, one.share]),
        marks: producers.map((one) => markOf('producer', one.producer, one.producer_label)),
      },
      height: heightOf(producers.length),
    };
  },
  draws: horizontalBars,
  native: nativeBars,
});
