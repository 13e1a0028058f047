import { NoticeItem, NoticeList } from '../../../ui/Notice.tsx';
import { useWords } from '../words.ts';
import type { Check } from './checks.ts';

/** A check in words. */
export function CheckText({ check }: { check: Check }) {
  const { t } = useWords();
  return <>{t(check.key, { column: check.column ?? '', sample: check.sample ?? '' })}</>;
}

/** What keeps the file from being imported, then what is suspicious; or that nothing is. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  const { t } = useWords();
  return (
    <NoticeList label={t('checks')} live="polite">
      {checks.length === 0 && <NoticeItem tone="good">{t('checks_fine')}</NoticeItem>}
      {checks.map((check) => (
        <NoticeItem key={`${check.key} ${check.column}`} tone={check.level === 'error' ? 'bad' : 'warn'}>
          <CheckText check={check} />
        </NoticeItem>
      ))}
    </NoticeList>
  );
}
