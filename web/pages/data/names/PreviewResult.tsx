import type { AliasPreview } from '../../../../server/contract/aliases.ts';
import { useMemberLabels } from '../../../data/useMemberLabels.ts';
import { compact, day, exact, range } from '../../../i18n/numbers.ts';
import { sentences } from '../../../i18n/serverText.ts';
import { Definition } from '../../../ui/Definition.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { type ExtentRow, outcomeOf } from './draft.ts';
import styles from './PreviewResult.module.css';
import { useWords } from './words.ts';

export function PreviewResult({ preview, parted }: { preview: AliasPreview; parted: boolean }) {
  const { t } = useWords();
  const { before, after, fewer } = outcomeOf(preview);
  const difference = exact(String(fewer < 0n ? -fewer : fewer));
  const totals = { before: exact(preview.views_before), after: exact(preview.views_after), difference };
  const withSeries = preview.dimension !== 'series';
  return (
    <div className={styles.result}>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <Head withSeries={withSeries} />
          <Extents title={t('now')} rows={before} withSeries={withSeries} />
          <Extents title={t(parted ? 'after_part' : 'after_merge')} rows={after} withSeries={withSeries} strong />
        </table>
      </div>
      <p className={styles.total}>
        {fewer === 0n
          ? t('total_same', { views: totals.before })
          : t(fewer > 0n ? 'total_fewer' : 'total_more', totals)}
      </p>
      {!parted && <Conflicts preview={preview} />}
    </div>
  );
}

function Head({ withSeries }: { withSeries: boolean }) {
  const { t } = useWords();
  return (
    <thead>
      <tr>
        <th scope="col">{t('name')}</th>
        <th scope="col" className={styles.number}>
          <Definition text={t('rows_definition')}>{t('rows')}</Definition>
        </th>
        <th scope="col" className={styles.number}>
          <Definition text={t('days_definition')}>{t('days')}</Definition>
        </th>
        {withSeries && (
          <th scope="col" className={styles.number}>
            {t('series')}
          </th>
        )}
        <th scope="col" className={styles.number}>
          <Definition measure="views">{t('views')}</Definition>
        </th>
        <th scope="col">{t('first_last')}</th>
      </tr>
    </thead>
  );
}

interface ExtentsProps {
  title: string;
  rows: readonly ExtentRow[];
  withSeries: boolean;
  strong?: boolean;
}

function Extents({ title, rows, withSeries, strong = false }: ExtentsProps) {
  const { language } = useWords();
  return (
    <tbody data-strong={strong}>
      <tr>
        <th scope="rowgroup" colSpan={withSeries ? 6 : 5} className={styles.group}>
          {title}
        </th>
      </tr>
      {rows.map(({ id, label, extent }) => (
        <tr key={id}>
          <th scope="row">{label[language]}</th>
          <td className={styles.number}>{exact(extent.rows)}</td>
          <td className={styles.number}>{exact(extent.days)}</td>
          {withSeries && <td className={styles.number}>{exact(extent.series)}</td>}
          <td className={styles.number}>{exact(extent.views)}</td>
          <td className={styles.dates}>{extent.from === null ? '–' : range(extent.from, extent.to, language)}</td>
        </tr>
      ))}
    </tbody>
  );
}

function Conflicts({ preview }: { preview: AliasPreview }) {
  const { t, language } = useWords();
  const { conflicts, dimension } = preview;
  const { otherSourceDays, daysShared } = outcomeOf(preview);
  if (dimension !== 'series' && dimension !== 'platform') return null;
  if (conflicts.days === 0)
    return (
      <p className={styles.note}>
        {sentences(
          [t(`no_conflicts_${dimension}`), daysShared && dimension === 'series' ? t('days_shared') : ''],
          language,
        )}
      </p>
    );
  return (
    <>
      <Notice tone="warn" mt={8}>
        <p>{t(dimension === 'series' ? 'overlap_series' : 'overlap_platform', { count: conflicts.days })}</p>
        <ul>
          {conflicts.same_source_days > 0 && <li>{t('overlap_same', { count: conflicts.same_source_days })}</li>}
          {otherSourceDays > 0 && <li>{t('overlap_between', { count: otherSourceDays })}</li>}
        </ul>
      </Notice>
      <Samples preview={preview} />
    </>
  );
}

/** Of a series the platform is named with each day, of a platform the series. */
function Samples({ preview: { conflicts, dimension, members } }: { preview: AliasPreview }) {
  const { t, language } = useWords();
  const beside = dimension === 'series' ? 'platform' : 'series';
  const { samples } = conflicts;
  const label = useMemberLabels(beside, [...new Set(samples.map((one) => one[beside]))], language);
  const named = (id: string) => members.find((member) => member.id === id)?.label[language] ?? id;
  return (
    <details className={styles.samples}>
      <summary>{samples.length < conflicts.days ? t('samples_cut', { count: samples.length }) : t('samples')}</summary>
      <ul>
        {samples.map((one) => (
          <li key={`${one.day} ${one[beside]}`}>
            <span className="numbers">{day(one.day, language)}</span> {label(one[beside])}
            <ul>
              {one.stated.map((said) => (
                <li key={`${said.id} ${said.source}`}>
                  <span>
                    {named(said.id)} <span className={styles.source}>{said.source}</span>
                  </span>
                  <span className="numbers">{compact(said.views, language, 1)}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}
