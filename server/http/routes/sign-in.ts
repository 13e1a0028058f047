import express, { type CookieOptions, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { type Attempts, countAttempts } from '../../access/attempts.ts';
import { type Gate, SESSION_SECONDS } from '../../access/session.ts';
import { languageOf } from '../context.ts';
import { isSignedIn } from '../guard.ts';
import { onlyAllow } from '../known-calls.ts';
import { ownPath, type SignInFault, signInPage } from '../sign-in.ts';

/** The page cannot see the session's cookie; this one says that there is a session. */
const MARK_COOKIE = 'dramascope_signed_in';

const askedQuery = z.object({ to: z.string().max(8000).catch('/') });
const form = z.object({ token: z.string().max(4000).trim() });

/** @param gate null if nobody needs to sign in */
export function signInRoutes(gate: Gate | null, attempts: Attempts = countAttempts()): Router {
  const router = Router();
  const toOf = (req: Request) => ownPath(askedQuery.parse(req.query).to);
  const show = (req: Request, res: Response, status: number, fault?: SignInFault) => {
    res.status(status).set('Cache-Control', 'no-store').vary('Accept-Language');
    if (status === 401) res.set('WWW-Authenticate', 'Bearer realm="Dramascope"');
    res.type('html').send(signInPage(languageOf(req), toOf(req), fault));
  };

  router.get('/sign-in', (req, res) => {
    if (!gate || isSignedIn(req, gate)) res.redirect(303, toOf(req));
    else show(req, res, 200);
  });

  router.post('/sign-in', express.urlencoded({ extended: false, limit: '16kb' }), (req, res) => {
    if (!gate) return res.redirect(303, toOf(req));
    const address = req.socket.remoteAddress ?? '';
    const wait = attempts.wait(address);
    if (wait > 0) {
      res.set('Retry-After', String(Math.ceil(wait / 1000)));
      return show(req, res, 429, { wait });
    }
    const given = form.safeParse(req.body);
    if (!given.success || !gate.isToken(given.data.token)) {
      attempts.wrong(address);
      return show(req, res, 401, 'wrong');
    }
    attempts.right(address);
    const options = cookieOptions(req);
    res.cookie(gate.cookie, gate.newSession(), { ...options, httpOnly: true });
    res.cookie(MARK_COOKIE, '1', options);
    res.set('Cache-Control', 'no-store').redirect(303, toOf(req));
  });

  router.post('/sign-out', (req, res) => {
    const { maxAge: _, ...options } = cookieOptions(req);
    if (gate) res.clearCookie(gate.cookie, { ...options, httpOnly: true });
    res.clearCookie(MARK_COOKIE, options);
    res.set('Cache-Control', 'no-store').redirect(303, gate ? '/sign-in' : '/');
  });

  router.all('/sign-in', (req, res) => onlyAllow(['GET', 'HEAD', 'POST', 'OPTIONS'], req.method, res));
  router.all('/sign-out', (req, res) => onlyAllow(['POST', 'OPTIONS'], req.method, res));
  return router;
}

/** From a proxy's header; whoever fakes it spoils his own cookie only. */
const cookieOptions = (req: Request): CookieOptions => ({
  sameSite: 'strict',
  path: '/',
  maxAge: SESSION_SECONDS * 1000,
  secure: req.get('x-forwarded-proto') === 'https',
});
