/** A server that has a token answers 401 to whoever is not signed in; the sign-in page is the server's own. */
import { currentLanguage } from '../language.ts';

const MARK = 'dramascope_signed_in=1';

export const isSignedIn = (): boolean =>
  typeof document !== 'undefined' && document.cookie.split(/; */u).includes(MARK);

let leaving = false;

/** Leaves for the sign-in page, which comes back to this address. Several questions may be refused at once: once is enough. */
export function goToSignIn(): void {
  if (leaving || typeof location === 'undefined') return;
  leaving = true;
  const to = location.pathname + location.search + location.hash;
  location.assign(`/sign-in?to=${encodeURIComponent(to)}&lang=${currentLanguage()}`);
}
