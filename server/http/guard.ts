/** Checks host, origin and token before a byte of a body is read. */
import type { Request, RequestHandler, Response } from 'express';
import type { Access } from '../access/access.ts';
import type { AllowedHosts } from '../access/hosts.ts';
import type { Gate } from '../access/session.ts';
import { ProblemError } from '../problem.ts';
import { againPage, signInAddress } from './sign-in.ts';

export function guardSources(hosts: AllowedHosts): RequestHandler {
  return (req, _res, next) => {
    const { host } = req.headers;
    if (!hosts.allows(host)) throw hostRefused(host);
    const reads = req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS';
    if (!reads && fromElsewhere(req, hosts)) throw originRefused(req.headers.origin);
    next();
  };
}

/** Browsers name the page that asks; programs do not. */
function fromElsewhere({ headers }: Request, hosts: AllowedHosts): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  return headers.origin !== undefined && !hosts.allowsOrigin(headers.origin, headers.host);
}

/** A browser that opens a page without a session goes to the sign-in page. */
export function guardToken({ gate }: Access): RequestHandler {
  return (req, res, next) => {
    if (!gate || isSignedIn(req, gate)) return next();
    const opensPage =
      (req.method === 'GET' || req.method === 'HEAD') &&
      !req.originalUrl.startsWith('/api/v1') &&
      /\btext\/html\b/u.test(req.get('accept') ?? '');
    res.set({ 'Cache-Control': 'no-store', Vary: 'Accept, Cookie, Authorization' });
    if (opensPage) return void askToSignIn(req, res);
    res.set('WWW-Authenticate', 'Bearer realm="Dramascope"');
    // Slows down programs that guess tokens, not users who forgot one.
    if (bearerOf(req) === null) throw unauthorized();
    setTimeout(() => next(unauthorized()), WRONG_TOKEN_DELAY);
  };
}

const WRONG_TOKEN_DELAY = 300;

export function isSignedIn(req: Request, gate: Gate): boolean {
  const token = bearerOf(req);
  if (token !== null) return gate.isToken(token);
  const named = `${gate.cookie}=`;
  const cookies = (req.headers.cookie ?? '').split(';').map((one) => one.trim());
  return cookies.some((one) => one.startsWith(named) && gate.isSession(one.slice(named.length)));
}

const bearerOf = (req: Request): string | null =>
  /^Bearer +(\S+) *$/iu.exec(req.headers.authorization ?? '')?.[1] ?? null;

function askToSignIn(req: Request, res: Response): void {
  // A link from another site comes without the `SameSite=Strict` cookie; our own page then asks again with it.
  if (req.headers['sec-fetch-site'] === 'cross-site') res.type('html').send(againPage(req.originalUrl));
  else res.redirect(303, signInAddress(req.originalUrl));
}

function hostRefused(host: string | undefined): ProblemError {
  const given = host?.slice(0, 200) ?? '';
  return new ProblemError('host_not_allowed', {
    en: `This server does not go by the name “${given}”. If it should, start it with DRAMASCOPE_HOSTS naming it (several with commas between them).`,
    zh: `本服务器不以“${given}”为名。如需通过该地址访问，请在启动时把它写入 DRAMASCOPE_HOSTS（多个以逗号分隔）。`,
  });
}

function originRefused(origin: string | undefined): ProblemError {
  const given = origin?.slice(0, 200) ?? '';
  return new ProblemError('origin_not_allowed', {
    en: `A page of another site (${given || 'unnamed'}) may not change anything here, nor ask by POST. Behind a proxy, name the address of the page in DRAMASCOPE_HOSTS.`,
    zh: `其他网站的页面（${given || '未注明'}）不能在此修改数据或以 POST 查询。如使用代理，请把页面的地址写入 DRAMASCOPE_HOSTS。`,
  });
}

const unauthorized = () =>
  new ProblemError('unauthorized', {
    en: 'This server asks for a token: sign in at /sign-in, or send the header “Authorization: Bearer <token>” (what DRAMASCOPE_TOKEN is set to).',
    zh: '本服务器需要访问令牌：请在 /sign-in 登录，或发送请求头“Authorization: Bearer <令牌>”（即 DRAMASCOPE_TOKEN 的值）。',
  });
