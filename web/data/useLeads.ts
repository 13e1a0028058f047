import { useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { type Params, parseSearch } from '../filters/grammar.ts';
import { carried, type Present } from '../filters/leads.ts';
import { useAddressParams } from './useFilters.ts';

/** The page that one is on, for `leadOf` and its like. */
export function usePresent(): Present {
  const path = useLocation({ select: ({ href }) => href.replace(/[?#].*$/su, '') });
  const params = useAddressParams();
  return useMemo(() => ({ path, params }), [path, params]);
}

/** The parameters that a link to another page takes along. */
export const useCarried = (): Params => carried(usePresent());

/** Opens an address: here (other filters of the same page keep one's place on it), or in a new tab. */
export function useFollow(): (address: string, elsewhere?: boolean) => void {
  const { path } = usePresent();
  const router = useRouter();
  const navigate = useNavigate();
  return useCallback(
    (address, elsewhere = false) => {
      if (elsewhere) {
        window.open(address, '_blank', 'noopener');
        return;
      }
      const [to = '', search = ''] = address.split(/\?(.*)/su);
      if (to === path) void navigate({ to: '.', search: parseSearch(search), resetScroll: false });
      else router.history.push(address);
    },
    [path, router, navigate],
  );
}
