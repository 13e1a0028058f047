import { rowsBeside } from '../../charts/heights.ts';
import { horizontalBars } from '../../charts/horizontalBars.ts';
import { nativeBars } from '../../charts/native/bars.ts';
import { compact, range as rangeText } from '../../i18n/numbers.ts';
import { isAsked } from '../asked.ts';
import { figure } from '../figure.ts';
import { noRows } from '../nothing.ts';
import { allUnknown, barsOf, CLUB_THRESHOLD, leagueCall, leagueParams, leagueTable } from './league.ts';
import { SHARES_HEIGHT } from './shares.ts';
import { producersWords } from './words.ts';

export const producerClub = figure({
  id: 'producers.club',
  params: leagueParams,
  heads: ({ range, language }) => {
    const t = producersWords.say(language);
    const threshold = compact(CLUB_THRESHOLD, language);
    return {
      title: t('club_title'),
      subtitle: t('club_subtitle', { threshold, range: rangeText(range.from, range.to, language) }),
      definition: t('club_definition'),
      height: rowsBeside(3, SHARES_HEIGHT),
    };
  },
  asks: (scope) => ({ producers: leagueCall(scope) }),
  says: ({ producers: { rows } }, scope) => {
    const t = producersWords.say(scope.language);
    const data = barsOf(rows, 'club_count', t('count'), scope);
    if (data === undefined) {
      const threshold = compact(CLUB_THRESHOLD, scope.language);
      return allUnknown(rows, 'club_count', scope) ?? { ...noRows(scope), nothing: t('empty_club', { threshold }) };
    }
    const [first, second] = data.bars;
    const total = rows.reduce((sum, row) => sum + row.club_count, 0);
    const leads = first !== undefined && first.value >= 2 && first.value > (second?.value ?? 0);
    // Who was asked for is no finding.
    const asked = isAsked(scope, first?.id, 'producer', 'credited_producer');
    return {
      ...(leads && !asked
        ? {
            title: t(first.value === total ? 'club_all' : 'club_lead', {
              producer: first.name,
              count: first.value,
              total,
            }),
          }
        : {}),
      data,
      table: leagueTable(rows, scope),
      height: rowsBeside(data.bars.length, SHARES_HEIGHT),
    };
  },
  draws: horizontalBars,
  native: nativeBars,
});
