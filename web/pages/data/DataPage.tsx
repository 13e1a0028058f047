import { useState } from 'react';
import type { Upload } from '../../../server/contract/imports.ts';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { CoverageCard } from './CoverageCard.tsx';
import { DropCard } from './DropCard.tsx';
import { HistoryCard } from './HistoryCard.tsx';
import { NamesSection } from './names/NamesSection.tsx';
import { ProgressCard } from './ProgressCard.tsx';
import { ReviewCard } from './ReviewCard.tsx';
import { useWords } from './words.ts';

type Stage = { at: 'drop' } | { at: 'review'; upload: Upload } | { at: 'import'; importId: string; filename: string };

/** Files in: drop, see what was detected, mend it, try it, import it; and everything imported before. */
export function DataPage() {
  const { t } = useWords();
  const [stage, setStage] = useState<Stage>({ at: 'drop' });
  const start = () => setStage({ at: 'drop' });
  return (
    <PageFrame title={t('title')} subtitle={t('subtitle')}>
      {stage.at === 'drop' && <DropCard onUploaded={(upload) => setStage({ at: 'review', upload })} />}
      {stage.at === 'review' && (
        <ReviewCard
          key={stage.upload.upload_id}
          upload={stage.upload}
          onStarted={(importId) => setStage({ at: 'import', importId, filename: stage.upload.filename })}
          onLeave={start}
        />
      )}
      {stage.at === 'import' && (
        <ProgressCard key={stage.importId} importId={stage.importId} filename={stage.filename} onLeave={start} />
      )}
      <CoverageCard />
      <HistoryCard />
      <NamesSection />
    </PageFrame>
  );
}
