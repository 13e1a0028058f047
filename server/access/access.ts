import type { Label } from '../contract/query.ts';
import { StartError } from '../start-error.ts';
import { type AllowedHosts, allowedHosts, type Host, listensBeyondLoopback } from './hosts.ts';
import { type Gate, gateOf, SHORTEST_TOKEN } from './session.ts';

export interface AccessSettings {
  /** Address to listen on. */
  readonly host: string;
  readonly hosts: readonly Host[];
  readonly token?: string;
}

export interface Access {
  readonly hosts: AllowedHosts;
  /** Null if everybody who reaches the server may ask: it then listens on loopback only. */
  readonly gate: Gate | null;
}

/** @throws StartError `wrong_setting` if the server would be open to other machines, or its token is soon guessed */
export function accessOf(settings: AccessSettings): Access {
  const fault = accessFault(settings);
  if (fault) throw new StartError('wrong_setting', fault);
  const { host, hosts, token } = settings;
  return { hosts: allowedHosts(host, hosts), gate: token === undefined ? null : gateOf(token) };
}

export function accessFault({ host, token }: AccessSettings): Label | null {
  if (token === undefined)
    return listensBeyondLoopback(host)
      ? {
          en: `HOST=${host} would let every machine of the network read, change and delete the data. Set DRAMASCOPE_TOKEN to a secret of ${SHORTEST_TOKEN} characters or more, such as one made by \`openssl rand -hex 24\`: pages then ask for it once, programs send it as "Authorization: Bearer <token>". Or leave HOST out: the server then answers this machine only.`,
          zh: `HOST=${host} 会让网络中的所有机器都能读取、修改和删除数据。请把 DRAMASCOPE_TOKEN 设为至少 ${SHORTEST_TOKEN} 个字符的密钥（例如用 \`openssl rand -hex 24\` 生成）：页面会要求输入一次，程序以“Authorization: Bearer <令牌>”发送。或者不设 HOST：服务器只响应本机。`,
        }
      : null;
  if (token.length < SHORTEST_TOKEN)
    return {
      en: `DRAMASCOPE_TOKEN has ${token.length} characters, and must have ${SHORTEST_TOKEN} or more: a shorter one can be guessed. Make one by \`openssl rand -hex 24\`.`,
      zh: `DRAMASCOPE_TOKEN 只有 ${token.length} 个字符，至少需要 ${SHORTEST_TOKEN} 个，否则容易被猜中。可用 \`openssl rand -hex 24\` 生成。`,
    };
  if (!/^[\x21-\x7e]+$/u.test(token))
    return {
      en: 'DRAMASCOPE_TOKEN may have letters, digits and signs of ASCII only, without spaces: it is sent in a header.',
      zh: 'DRAMASCOPE_TOKEN 只能包含 ASCII 字母、数字和符号，不能有空格：它会在请求头中发送。',
    };
  return null;
}
