/** Who holds the one shared token: said with each request, or once at the sign-in page and kept in a cookie. */
import { createHash, createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

/** A token that can be guessed protects nothing. */
export const SHORTEST_TOKEN = 16;

const SESSION_DAYS = 30;
export const SESSION_SECONDS = SESSION_DAYS * 24 * 3600;

export interface Gate {
  /** Name of the session's cookie: servers on other ports of a machine share its cookies, and must not lose each other's. */
  readonly cookie: string;
  /** Takes as long for a wrong token as for the right one. */
  isToken(given: string): boolean;
  newSession(now?: number): string;
  isSession(cookie: string, now?: number): boolean;
}

/** Sessions outlive a restart, and end for all when the token is changed. */
export function gateOf(token: string): Gate {
  // Slow to derive, so that a cookie that leaks is no way to try tokens quickly.
  const key = scryptSync(token, 'dramascope session', 32);
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  return {
    cookie: `dramascope_${sign('cookie').slice(0, 8)}`,
    isToken: (given) => sameText(given, token),
    newSession(now = Date.now()) {
      const content = `${randomBytes(16).toString('base64url')}.${Math.floor(now / 1000) + SESSION_SECONDS}`;
      return `${content}.${sign(content)}`;
    },
    isSession(cookie, now = Date.now()) {
      const [id = '', until = '', signature = ''] = cookie.split('.');
      return sameText(signature, sign(`${id}.${until}`)) && Number(until) * 1000 > now;
    },
  };
}

/** Compares digests, so that timing reveals neither length nor beginning. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
