import { useMemo } from 'react';
import { Chart } from '../../charts/Chart.tsx';
import { coverageStrips } from '../../charts/coverageStrips.ts';
import { heightForRows } from '../../charts/namedRows.ts';
import { useCatalog, useCoverage, useStorage } from '../../data/hooks.ts';
import type { FilterState } from '../../filters/grammar.ts';
import { ScopeProvider, useResolvedScope } from '../../filters/scope.tsx';
import { days, exact } from '../../i18n/numbers.ts';
import styles from './CoverageCard.module.css';
import { coverageStripData } from './coverageData.ts';
import { bytesText } from './parts/bytesText.ts';
import { useWords } from './words.ts';

const WHOLE_LOG: FilterState = { time: { kind: 'preset', preset: 'all' }, compare: 'none', members: [] };

/** Coverage over the whole log, whatever other pages are filtered to; nothing while the dataset is empty. */
export function CoverageCard() {
  const { language } = useWords();
  const scope = useResolvedScope(WHOLE_LOG, useCatalog().data?.dataset, language);
  if (scope === null) return null;
  return (
    <ScopeProvider scope={scope}>
      <Coverage />
    </ScopeProvider>
  );
}

/** Which days each source states, which are estimated, which are missing; and the room that the data take. */
function Coverage() {
  const { t, language } = useWords();
  const query = useCoverage();
  const answer = query.data;
  const data = useMemo(
    () =>
      answer === undefined || answer.rows.length === 0
        ? undefined
        : coverageStripData(answer, {
            stated: t('coverage_stated'),
            estimated: t('coverage_estimated'),
            gap: t('coverage_gap'),
            rows: t('rows'),
            days: (count) => days(count, language),
          }),
    [answer, language, t],
  );
  const gaps = answer?.sources.reduce((sum, source) => sum + source.gap_days, 0) ?? 0;
  return (
    <Chart
      title={gaps === 0 ? t('coverage_whole') : t('coverage_gaps', { days: days(gaps, language) })}
      subtitle={t('coverage_subtitle')}
      definition={t('coverage_definition')}
      build={coverageStrips}
      data={data}
      table={{
        columns: [
          { id: 'source', header: t('source'), kind: 'text' },
          { id: 'from', header: t('first_day'), kind: 'text' },
          { id: 'to', header: t('last_day'), kind: 'text' },
          { id: 'rows', header: t('rows'), kind: 'count' },
          { id: 'stated_days', header: t('coverage_stated'), kind: 'count' },
          { id: 'estimated_days', header: t('coverage_estimated'), kind: 'count' },
          { id: 'gap_days', header: t('coverage_gap'), kind: 'count' },
        ],
        rows: (answer?.sources ?? []).map((one) => [
          one.source,
          one.from,
          one.to,
          one.rows,
          one.stated_days,
          one.estimated_days,
          one.gap_days,
        ]),
      }}
      query={query}
      meta={answer?.meta}
      height={heightForRows(answer?.sources.length ?? 1, { row: 34, top: 32, foot: 42 })}
      empty={t('coverage_empty')}
      note={<StorageFacts />}
    />
  );
}

function StorageFacts() {
  const { t } = useWords();
  const { data } = useStorage();
  if (data === undefined) return null;
  const facts = [
    [t('storage_rows'), exact(data.rows.view_log)],
    [t('storage_hidden'), exact(data.rows.view_log_hidden)],
    [t('storage_snapshots'), exact(data.rows.snapshot)],
    [t('storage_series'), exact(data.rows.series)],
    [t('storage_database'), bytesText(data.database_bytes)],
    [t('storage_free'), bytesText(data.free_bytes)],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="numbers">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
