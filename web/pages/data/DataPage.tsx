import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useLayoutEffect, useState } from 'react';
import type { ImportRecord } from '../../../server/contract/imports.ts';
import { useImports } from '../../data/hooks.ts';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { desk, useQueuedFiles } from './desk/desk.ts';
import { hasEnded, isOpen, type QueuedFile } from './desk/queuedFile.ts';
import { DropCard } from './files/DropCard.tsx';
import { FilesCard, rowIdOf } from './files/FilesCard.tsx';
import { OutcomeCard } from './files/OutcomeCard.tsx';
import { PreviewCard } from './files/PreviewCard.tsx';
import { UnderWayCard } from './files/UnderWayCard.tsx';
import { HistoryCard } from './history/HistoryCard.tsx';
import { ProfilesCard } from './history/ProfilesCard.tsx';
import { isDescribed, ReviewCard } from './review/ReviewCard.tsx';
import { useWords } from './words.ts';

export function DataPage() {
  const { t } = useWords();
  const files = useQueuedFiles();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    desk.onStarted = () => void queryClient.invalidateQueries({ queryKey: ['imports'] });
    // The data changed: every answer is of the version before. Kept when the page is left: imports go on.
    desk.onEnded = () => void queryClient.invalidateQueries();
  }, [queryClient]);
  const rows = useImports().data?.rows;
  useEffect(() => {
    if (rows !== undefined) desk.heard(rows);
  }, [rows]);
  const answer = useCallback((record: ImportRecord) => {
    const shown = (id: string) => {
      setChosen(id);
      window.scrollTo({ top: 0 });
    };
    // One that was answered meanwhile is no longer asked about.
    desk.answer(record).then(shown, () => desk.onStarted());
  }, []);
  const selected = files.find(({ id }) => id === chosen) ?? files.find(isOpen) ?? files[0];
  useFocusOnRow(selected);
  return (
    <PageFrame title={t('title')} subtitle={t('subtitle')}>
      <DropCard
        small={files.length > 0}
        onFiles={(added) => {
          const first = desk.add(added);
          if (first !== null) setChosen(first);
        }}
      />
      {files.length > 0 && <FilesCard files={files} selected={selected?.id ?? null} onSelect={setChosen} />}
      {selected !== undefined && <Selected key={selected.id} file={selected} />}
      <UnderWayCard files={files} />
      <ProfilesCard />
      <HistoryCard onAnswer={answer} />
    </PageFrame>
  );
}

/** The review goes with the button that was pressed: the keyboard goes on at the file's row, which says how it gets on. */
function useFocusOnRow(file: QueuedFile | undefined): void {
  const row = file !== undefined && (file.state === 'importing' || hasEnded(file)) ? rowIdOf(file.id) : null;
  useLayoutEffect(() => {
    if (row !== null && document.activeElement === document.body) document.getElementById(row)?.focus();
  }, [row]);
}

function Selected({ file }: { file: QueuedFile }) {
  switch (file.state) {
    case 'waiting':
    case 'uploading':
    case 'reading':
      return <PreviewCard file={file} />;
    case 'look':
    case 'ready':
    case 'duplicate':
    case 'starting':
      return isDescribed(file) ? <ReviewCard key={file.upload.upload_id} file={file} /> : null;
    case 'done':
    case 'failed':
    case 'cancelled':
      return <OutcomeCard file={file} />;
    default:
      return null;
  }
}
