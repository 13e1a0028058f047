/** Who may ask this server what, until accounts come: settings in, one value out. */
import { type AllowedHosts, allowedHosts, type Host, listensBeyondLoopback } from './hosts.ts';
import { type Gate, gateOf, SHORTEST_TOKEN } from './session.ts';

export interface AccessSettings {
  /** Address to listen on. */
  readonly host: string;
  /** Further names of this server, from DRAMASCOPE_HOSTS. */
  readonly hosts: readonly Host[];
  /** The shared token, from DRAMASCOPE_TOKEN. */
  readonly token?: string;
}

export interface Access {
  readonly hosts: AllowedHosts;
  /** Null if everybody who reaches the server may ask: it then listens on loopback only. */
  readonly gate: Gate | null;
}

/** @throws Error fit to show, if the server would be open to other machines, or its token is soon guessed */
export function accessOf({ host, hosts, token }: AccessSettings): Access {
  if (token === undefined && listensBeyondLoopback(host))
    throw new Error(
      `HOST=${host} would let every machine of the network read, change and delete the data. Set DRAMASCOPE_TOKEN to a secret of ${SHORTEST_TOKEN} characters or more, such as one made by \`openssl rand -hex 24\`: pages then ask for it once, programs send it as "Authorization: Bearer <token>". Or leave HOST out: the server then answers this machine only.`,
    );
  if (token !== undefined && token.length < SHORTEST_TOKEN)
    throw new Error(
      `DRAMASCOPE_TOKEN has ${token.length} characters, and must have ${SHORTEST_TOKEN} or more: a shorter one can be guessed. Make one by \`openssl rand -hex 24\`.`,
    );
  if (token !== undefined && !/^[\x21-\x7e]+$/u.test(token))
    throw new Error(
      'DRAMASCOPE_TOKEN may have letters, digits and signs of ASCII only, without spaces: it is sent in a header.',
    );
  return { hosts: allowedHosts(host, hosts), gate: token === undefined ? null : gateOf(token) };
}
