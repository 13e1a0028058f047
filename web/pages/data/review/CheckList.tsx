import { Button } from '@mantine/core';
import { NoticeItem, NoticeList } from '../../../ui/Notice.tsx';
import type { Check } from './checks.ts';
import { goToQuestions } from './QuestionList.tsx';
import { useWords } from './words.ts';

export function CheckText({ check }: { check: Check }) {
  const { t } = useWords();
  return <>{t(check.key, { column: check.column ?? '', sample: check.sample ?? '' })}</>;
}

/**
 * What keeps the file from being imported, then what is suspicious; or that nothing is.
 * @param open how many questions above wait for an answer
 */
export function CheckList({ checks, open }: { checks: readonly Check[]; open: number }) {
  const { t } = useWords();
  return (
    <NoticeList label={t('checks')} live="polite">
      {open > 0 && (
        <NoticeItem tone="bad">
          {t('questions_open', { count: open })}{' '}
          <Button size="compact-xs" variant="subtle" onClick={goToQuestions}>
            {t('questions_show')}
          </Button>
        </NoticeItem>
      )}
      {checks.length === 0 && open === 0 && <NoticeItem tone="good">{t('checks_fine')}</NoticeItem>}
      {checks.map((check) => (
        <NoticeItem key={`${check.key} ${check.column}`} tone={check.level === 'error' ? 'bad' : 'warn'}>
          <CheckText check={check} />
        </NoticeItem>
      ))}
    </NoticeList>
  );
}
