import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { command } from '../data/api/request.ts';
import { useWords } from '../data/useWords.ts';
import { ErrorNotice } from './Notice.tsx';

export function DemoRemoval() {
  const { t } = useWords();
  const queryClient = useQueryClient();
  const removal = useMutation({
    mutationFn: () => command('imports', { method: 'DELETE', params: { synthetic: true } }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <>
      <Button size="xs" variant="default" loading={removal.isPending} onClick={() => removal.mutate()}>
        {t('synthetic_remove')}
      </Button>
      <ErrorNotice error={removal.error} mt={12} />
    </>
  );
}
