import { heightForRows } from '../../charts/heights.ts';
import { horizontalBars } from '../../charts/horizontalBars.ts';
import { nativeBars } from '../../charts/native/bars.ts';
import { percent, range as rangeText } from '../../i18n/numbers.ts';
import { figure } from '../figure.ts';
import { noRows } from '../nothing.ts';
import { allUnknown, barsOf, type LeagueScope, leagueCall, leagueParams, leagueTable, SHOWN } from './league.ts';
import { producersWords } from './words.ts';

export const SHARES_HEIGHT = heightForRows(SHOWN, { row: 32 });

const subtitleOf = ({ range, language }: LeagueScope, count: number): string =>
  producersWords.say(language)('share_subtitle', { count, range: rangeText(range.from, range.to, language) });

export const producerShares = figure({
  id: 'producers.shares',
  params: leagueParams,
  heads: (scope) => ({
    title: producersWords.say(scope.language)('share_title'),
    subtitle: subtitleOf(scope, SHOWN),
    height: SHARES_HEIGHT,
  }),
  asks: (scope) => ({ producers: leagueCall(scope) }),
  says: ({ producers: { rows } }, scope) => {
    const t = producersWords.say(scope.language);
    const data = barsOf(rows, 'views', t('views'), scope);
    if (data === undefined) return allUnknown(rows, 'views', scope) ?? noRows(scope);
    const count = data.bars.length;
    const together = data.bars.reduce((sum, bar) => sum + (bar.share ?? 0), 0);
    return {
      // Of no more than those drawn the share is all, whatever the data.
      ...(together === 0 || rows.length <= count
        ? {}
        : { title: t('share_lead', { count, share: percent(together, 0) }) }),
      subtitle: subtitleOf(scope, count),
      data,
      table: leagueTable(rows, scope),
    };
  },
  draws: horizontalBars,
  native: nativeBars,
});
