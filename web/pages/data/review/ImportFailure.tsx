import { Button } from '@mantine/core';
import { ApiError } from '../../../data/api/request.ts';
import { useImports } from '../../../data/hooks.ts';
import { moment } from '../../../i18n/numbers.ts';
import { faultsText, useErrorText } from '../../../ui/ErrorState.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { localTime } from '../parts/localTime.ts';
import { useWords } from './words.ts';

interface ImportFailureProps {
  error: unknown;
  duplicate: string | null;
  blocked: boolean;
  onAgain: () => void;
}

/** Why nothing was written; the same bytes again may be imported all the same. */
export function ImportFailure({ error, duplicate, blocked, onAgain }: ImportFailureProps) {
  const { t, language } = useWords();
  const text = useErrorText();
  const again = error instanceof ApiError && error.code === 'duplicate_import';
  if (again || (error == null && duplicate !== null))
    return <Duplicate detail={again ? text(error) : ''} firstId={duplicate} blocked={blocked} onAgain={onAgain} />;
  if (error == null) return null;
  return (
    <Notice tone="bad" role="alert" mt={16}>
      <p>
        <strong>{t('import_failed')}</strong> {text(error)}
      </p>
      {error instanceof ApiError && faultsText(error, language).map((fault) => <p key={fault}>{fault}</p>)}
    </Notice>
  );
}

interface DuplicateProps extends Pick<ImportFailureProps, 'blocked' | 'onAgain'> {
  detail: string;
  firstId: string | null;
}

function Duplicate({ detail, firstId, blocked, onAgain }: DuplicateProps) {
  const { t, language } = useWords();
  const first = useImports().data?.rows.find((row) => row.import_id === firstId);
  return (
    <Notice tone="warn" role="alert" mt={16}>
      <p>
        <strong>{t('duplicate')}</strong>{' '}
        {first === undefined
          ? detail
          : t('duplicate_of', { name: first.filename, when: moment(localTime(first.started_at), language) })}
      </p>
      <Button size="xs" variant="default" mt={8} disabled={blocked} onClick={onAgain}>
        {t('again')}
      </Button>
    </Notice>
  );
}
