import { useCatalog, useStorage } from '../../data/hooks.ts';
import { ScopeProvider, useResolvedScope } from '../../data/scope.tsx';
import { dataCoverage } from '../../figures/data/coverage.ts';
import type { FilterState } from '../../filters/grammar.ts';
import { exact } from '../../i18n/numbers.ts';
import { Chart } from '../../ui/chart/Chart.tsx';
import styles from './CoverageCard.module.css';
import { bytesText } from './parts/bytesText.ts';
import { useWords } from './words.ts';

const WHOLE_LOG: FilterState = { time: { kind: 'preset', preset: 'all' }, compare: 'none', members: [] };

export function CoverageCard() {
  const { language } = useWords();
  const scope = useResolvedScope(WHOLE_LOG, useCatalog().data, language);
  if (scope === null) return null;
  return (
    <ScopeProvider scope={scope}>
      <Chart figure={dataCoverage} note={<StorageFacts />} />
    </ScopeProvider>
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
