import { useNavigate } from '@tanstack/react-router';
import { useAddressParams, useFilters } from '../../data/useFilters.ts';
import { type Compared, compareAddress } from '../../figures/compare/compared.ts';
import { opened } from '../opened.tsx';
import { FinderButton } from './FinderButton.tsx';
import { useCompareWords } from './words.ts';

/** A button that finds a member by its name. */
export const MemberFinder = opened(FinderButton, async () => (await import('./MemberFinder.tsx')).MemberFinder);

/** On a member's page: sets it beside another one. */
export function CompareWith({ dimension, id }: { dimension: Compared; id: string }) {
  const { t } = useCompareWords();
  const { state } = useFilters();
  const { lang } = useAddressParams();
  const navigate = useNavigate();
  return (
    <MemberFinder
      dimension={dimension}
      without={[id]}
      label={t('compare_with')}
      onPick={(other) =>
        void navigate({ to: '/compare', search: { lang, ...compareAddress(state, dimension, [id, other]) } })
      }
    />
  );
}
