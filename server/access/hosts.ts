/** Which names this server answers to: a page elsewhere must not reach it under a name of its own (DNS rebinding). */
import { hostname, networkInterfaces } from 'node:os';

/** A host as a `Host` header or an origin names it, in small letters; an IPv6 address without its brackets. */
export interface Host {
  readonly name: string;
  /** Empty if it names none. */
  readonly port: string;
}

/** Null for what is no host with or without a port. */
export function parseHost(text: string): Host | null {
  const found = /^(?:\[([\da-f:.]+)\]|([^\s:/?#@[\]\\]+))(?::(\d{1,5}))?$/iu.exec(text.trim());
  const name = (found?.[1] ?? found?.[2] ?? '').toLowerCase().replace(/\.$/u, '');
  return found && name !== '' ? { name, port: found[3] ?? '' } : null;
}

export function isLoopback(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || isLoopbackAddress(name);
}

/** `127.0.0.0/8`, `::1`, and the former written as IPv6. */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/u.test(address);
}

export const listensBeyondLoopback = (host: string): boolean =>
  !isLoopback(host.toLowerCase().replace(/^\[|\]$/gu, ''));

export interface AllowedHosts {
  /** @param host a `Host` header */
  allows(host: string | undefined): boolean;
  /** Whether a page of this origin is one of ours, asking under this `Host`. */
  allowsOrigin(origin: string, host: string | undefined): boolean;
}

/** Loopback names, `named`, and this machine's own name and addresses if `listensOn` is not loopback. */
export function allowedHosts(listensOn: string, named: readonly Host[], ownNames = namesOfMachine): AllowedHosts {
  const beyond = listensBeyondLoopback(listensOn);
  // Addresses change while the server runs, so they are read when asked for.
  const isOwn = (name: string) => beyond && (name === listensOn.toLowerCase() || ownNames().includes(name));
  const isNamed = (host: Host) =>
    named.some(({ name, port }) => name === host.name && (port === '' || port === host.port));
  return {
    allows(text) {
      const host = parseHost(text ?? '');
      return host !== null && (isLoopback(host.name) || isNamed(host) || isOwn(host.name));
    },
    allowsOrigin(text, hostText) {
      const origin = hostOfOrigin(text);
      const host = parseHost(hostText ?? '');
      if (!origin || !host) return false;
      if (origin.name === host.name && origin.port === (host.port || origin.defaultPort)) return true;
      // A proxy may ask under another name than the page has; the page must then have a named one.
      return named.some(({ name, port }) => name === origin.name && (port || origin.defaultPort) === origin.port);
    },
  };
}

interface Origin extends Host {
  readonly defaultPort: string;
}

function hostOfOrigin(text: string): Origin | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const defaultPort = url?.protocol === 'https:' ? '443' : '80';
  const host = url && /^https?:$/u.test(url.protocol) ? parseHost(url.host) : null;
  return host && { name: host.name, port: host.port || defaultPort, defaultPort };
}

function namesOfMachine(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  return [hostname(), ...addresses].map((name) => name.toLowerCase().replace(/%.*$/u, ''));
}
