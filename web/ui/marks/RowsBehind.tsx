import { Modal } from '@mantine/core';
import { z } from 'zod';
import type { Lineage } from '../../../server/contract/lineage.ts';
import { lineageSchema } from '../../../server/contract/lineage.ts';
import { useCall } from '../../data/hooks.ts';
import { useScope } from '../../data/scope.tsx';
import { useFollow, usePresent } from '../../data/useLeads.ts';
import { useWords } from '../../data/useWords.ts';
import { behind, canNarrow } from '../../figures/behind.ts';
import { type Call, query } from '../../figures/calls.ts';
import { seriesOf } from '../../filters/leads.ts';
import type { Mark } from '../../filters/marks.ts';
import { exact, range as rangeText } from '../../i18n/numbers.ts';
import { ErrorState } from '../ErrorState.tsx';
import linkStyles from '../PageLink.module.css';
import { TableSkeleton } from '../Skeletons.tsx';
import { elsewhere } from './MarkLink.tsx';
import { markName } from './markName.ts';
import styles from './RowsBehind.module.css';
import { useMarkWords } from './words.ts';

const SHOWN = 12;
const answered = z.object({ meta: z.object({ lineage: lineageSchema }) });

interface RowsBehindProps {
  mark: Mark;
  /** What the mark's numbers were asked by; its views, if nobody says. */
  call: Call<unknown> | undefined;
  onClose: () => void;
}

/** How many rows of which imported files a mark's number rests on, and the way to the series among them. */
export function RowsBehind({ mark, call, onClose }: RowsBehindProps) {
  const { t, language } = useMarkWords();
  const { t: common } = useWords();
  const scope = useScope();
  const present = usePresent();
  const follow = useFollow();
  const asked: Call<unknown> = call !== undefined && canNarrow(call) ? call : query(scope, { measures: ['views'] });
  const answer = useCall(behind(asked, mark));
  const lineage = answered.safeParse(answer.data).data?.meta.lineage;
  const address = seriesOf(mark, present);
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      size="lg"
      title={t('rows_title', { name: markName(mark, language) })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {answer.isPending && <TableSkeleton rows={4} />}
      {answer.error !== null && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.error === null && lineage !== undefined && <Imports lineage={lineage} />}
      <p className={styles.foot}>
        <a
          href={address}
          className={linkStyles.link}
          onClick={(event) => {
            if (elsewhere(event)) return;
            event.preventDefault();
            onClose();
            follow(address);
          }}
        >
          {t('series')}
        </a>
      </p>
    </Modal>
  );
}

function Imports({ lineage }: { lineage: Lineage }) {
  const { t, language } = useMarkWords();
  const { imports, rows_read: count } = lineage;
  if (imports.length === 0) return <p className={styles.lead}>{t('rows_none')}</p>;
  const left = imports.length - SHOWN;
  return (
    <>
      <p className={styles.lead}>{t('rows_count', { count, shown: exact(count) })}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('file')}</th>
            <th scope="col">{t('source')}</th>
            <th scope="col">{t('days')}</th>
            <th scope="col">{t('count')}</th>
          </tr>
        </thead>
        <tbody>
          {imports.slice(0, SHOWN).map((one) => (
            <tr key={one.import_id}>
              <td>{one.filename}</td>
              <td>{one.source}</td>
              <td>{one.from === null || one.to === null ? '–' : rangeText(one.from, one.to, language)}</td>
              <td>{exact(one.rows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p className={styles.more}>{t('rows_more', { count: left })}</p>}
    </>
  );
}
