import type { Language } from '../wording.ts';
import { escapeHtml } from './html.ts';

/** `to` is the address to come back to. */
export const signInAddress = (to: string): string => `/sign-in?to=${encodeURIComponent(to)}`;

/** The path if the address is this server's, else the first page: no open redirect. */
export function ownPath(to: string): string {
  const base = 'http://dramascope.invalid';
  const url = URL.canParse(to, base) ? new URL(to, base) : null;
  // `/.//elsewhere.com` is a path of ours, but its rest is not.
  if (!url || url.origin !== base || url.pathname.startsWith('//') || /^\/sign-(in|out)\b/u.test(url.pathname))
    return '/';
  return url.pathname + url.search + url.hash;
}

export function againPage(address: string): string {
  const to = escapeHtml(ownPath(address));
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${to}"><title>Dramascope</title><a href="${to}">Dramascope</a>`;
}

const WORDS = {
  zh: {
    lang: 'zh-CN',
    title: '登录 Dramascope',
    token: '访问令牌',
    hint: '即启动服务器时 DRAMASCOPE_TOKEN 的值，可向部署者索取。',
    submit: '登录',
    wrong: '令牌不正确，请核对后重新输入。',
    wait: (minutes: number) => `错误次数过多，请 ${minutes} 分钟后再试。`,
  },
  en: {
    lang: 'en',
    title: 'Sign in to Dramascope',
    token: 'Access token',
    hint: 'What DRAMASCOPE_TOKEN was set to when the server was started. Ask whoever runs it.',
    submit: 'Sign in',
    wrong: 'That is not the token. Check it and try again.',
    wait: (minutes: number) =>
      `Too many wrong tokens. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
  },
} as const;

/** A number: milliseconds to wait. */
export type SignInFault = 'wrong' | { readonly wait: number };

export function signInPage(language: Language, to: string, fault?: SignInFault): string {
  const words = WORDS[language];
  const said = fault === undefined ? '' : fault === 'wrong' ? words.wrong : words.wait(Math.ceil(fault.wait / 60_000));
  const action = `${signInAddress(to)}&lang=${language}`;
  return `<!doctype html>
<html lang="${words.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${words.title}</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(MARK)}"><style>${STYLE}</style></head>
<body><main>${MARK}<h1>${words.title}</h1>
<form method="post" action="${escapeHtml(action)}">
${said === '' ? '' : `<p class="fault" id="fault" role="alert">${said}</p>`}
<label for="token">${words.token}</label>
<input id="token" name="token" type="password" autocomplete="current-password" autocapitalize="off" spellcheck="false" required autofocus aria-describedby="hint${said === '' ? '' : ' fault'}"${said === '' ? '' : ' aria-invalid="true"'}>
<p class="hint" id="hint">${words.hint}</p>
<button>${words.submit}</button>
</form></main></body></html>`;
}

const MARK =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="40" height="40" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#4a48c4"/><g fill="#fff"><rect x="8" y="17" width="4" height="8" rx="1"/><rect x="14" y="12" width="4" height="13" rx="1"/><rect x="20" y="7" width="4" height="18" rx="1"/></g></svg>';

/** Colours and sizes of web/theme/tokens.css. */
const STYLE = `
:root { color-scheme: light dark; --ground: #f6f6f7; --surface: #fff; --hairline: #e3e3e8; --outline: #8c8c97;
  --ink: #18181d; --ink-2: #4c4c57; --accent: #4a48c4; --accent-hover: #3c3aa8; --bad-ink: #b3261e; --bad-wash: #fcebea; }
@media (prefers-color-scheme: dark) { :root { --ground: #101013; --surface: #18181c; --hairline: #2c2c33; --outline: #777783;
  --ink: #f0f0f3; --ink-2: #bcbcc6; --accent: #6562dd; --accent-hover: #7673ea; --bad-ink: #ff9d94; --bad-wash: #3a1b19; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; min-height: 100dvh; display: grid; place-items: center; padding: 16px; background: var(--ground); color: var(--ink);
  font: 14px/1.6 "Inter Variable", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", system-ui, sans-serif; }
main { width: 100%; max-width: 384px; padding: 32px; background: var(--surface); border: 1px solid var(--hairline); border-radius: 8px; }
svg { display: block; } h1 { margin: 16px 0 24px; font-size: 20px; line-height: 1.4; }
label { display: block; margin-bottom: 4px; font-weight: 600; }
input { width: 100%; height: 40px; padding: 0 12px; font: inherit; font-size: 16px; color: inherit; background: var(--surface); border: 1px solid var(--outline); border-radius: 6px; }
input[aria-invalid] { border-color: var(--bad-ink); }
input:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
p { margin: 0; } .hint { margin: 8px 0 24px; font-size: 13px; color: var(--ink-2); }
.fault { margin-bottom: 16px; padding: 8px 12px; color: var(--bad-ink); background: var(--bad-wash); border-radius: 6px; }
button { width: 100%; height: 40px; font: inherit; font-weight: 600; color: #fff; background: var(--accent); border: 0; border-radius: 6px; cursor: pointer; }
button:hover { background: var(--accent-hover); }
@media (max-width: 480px) { main { padding: 24px; } }`;
