import type { CurvesAnswer } from '../../../server/contract/analyses-depth.ts';
import { type AgeCurvesData, ageCurves } from '../../charts/ageCurves.ts';
import { nativeAges } from '../../charts/native/lines.ts';
import { markOf } from '../../filters/marks.ts';
import { measureTerm } from '../../filters/scope.ts';
import { day } from '../../i18n/numbers.ts';
import { figure } from '../figure.ts';
import { agesCall, agesTable, byAge } from '../member/ages.ts';
import { around, within } from '../member/member.ts';
import { memberWords } from '../member/words.ts';
import { compareParams, comparing, memberNamed } from './compared.ts';
import { compareWords } from './words.ts';

type Ages = { curves: CurvesAnswer };

export const compareAges = figure({
  id: 'compare.ages',
  params: compareParams,
  heads: (scope) => {
    const t = compareWords.say(scope.language);
    const { by } = comparing(scope);
    return {
      title: t(by === 'series' ? 'ages_title_series' : 'ages_title'),
      subtitle: t(by === 'series' ? 'ages_subtitle_series' : 'ages_subtitle', {
        since: day(scope.since, scope.language),
      }),
      definition: memberWords.say(scope.language)('ages_definition'),
    };
  },
  asks: (scope) => {
    const { by, ids } = comparing(scope);
    return {
      curves:
        by === 'series' ? agesCall(around(scope, by), { series: [...ids] }) : agesCall(within(scope, by, ids), { by }),
    };
  },
  says: ({ curves }: Ages, scope) => {
    const { by, ids } = comparing(scope);
    const t = memberWords.say(scope.language);
    const drawn = ids.flatMap((id, hue) => {
      const rows = curves.rows.filter(({ member }) => member === id);
      if (rows.length === 0) return [];
      const name = memberNamed(scope, by, id, rows[0]?.member_label);
      return [{ id, name, mark: markOf(by, id, name), hue, values: byAge(rows, by === 'series' ? 'value' : 'median') }];
    });
    if (drawn.length === 0) return { nothing: t('ages_none'), remedy: t('ages_none_text') };
    const data: AgeCurvesData = {
      curves: drawn,
      kind: 'count',
      measure: measureTerm(scope, 'cumulative_views').label,
    };
    const own = compareWords.say(scope.language);
    const list = (names: readonly string[]) => names.join(scope.language === 'zh' ? '、' : ', ');
    const missing = ids.filter((id) => !drawn.some((curve) => curve.id === id));
    const counts = drawn.map(({ id, name }) =>
      own('ages_count', { name, count: curves.rows.find(({ member }) => member === id)?.series ?? 0 }),
    );
    const notes = [
      ...(by === 'series' ? [] : [own('ages_sample', { counts: list(counts) })]),
      ...(missing.length === 0
        ? []
        : [own('ages_missing', { names: list(missing.map((id) => memberNamed(scope, by, id))) })]),
    ];
    return { data, table: agesTable(data, scope), notes };
  },
  draws: ageCurves,
  native: nativeAges,
});
