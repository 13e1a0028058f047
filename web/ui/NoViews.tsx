import { Button, Group } from '@mantine/core';
import { useFilters } from '../data/useFilters.ts';
import { Card } from './Card.tsx';
import { EmptyState } from './EmptyState.tsx';
import { ClearFilters } from './NoRows.tsx';

/** In place of a member's page that has no views in the chosen time: says so, and offers all data. */
export function NoViews({ title, text, showAll }: { title: string; text: string; showAll: string }) {
  const { state, setTime } = useFilters();
  return (
    <Card>
      <EmptyState
        title={title}
        text={text}
        action={
          <Group justify="center" gap={8}>
            {(state.members.length > 0 || state.where !== undefined) && <ClearFilters />}
            <Button onClick={() => setTime({ kind: 'preset', preset: 'all' })}>{showAll}</Button>
          </Group>
        }
      />
    </Card>
  );
}
