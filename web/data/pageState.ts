import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Params } from '../filters/grammar.ts';
import { useAddressParams } from './useFilters.ts';

/** How one piece of a page's own state is written in the address; `read` gives undefined for what it cannot read. */
export interface ParamCodec<T> {
  initial: T;
  read: (text: string) => T | undefined;
  write: (value: T) => string;
}

/** One of a few words: `by=format`. */
export function oneOf<const T extends string>(allowed: readonly T[], initial: NoInfer<T>): ParamCodec<T> {
  return { initial, read: (text) => allowed.find((value) => value === text), write: (value) => value };
}
/** A number, within bounds if given. */
export function numberParam(initial: number, min = -Infinity, max = Infinity): ParamCodec<number> {
  return {
    initial,
    read: (text) => {
      const value = Number(text);
      return text.trim() !== '' && Number.isFinite(value) && value >= min && value <= max ? value : undefined;
    },
    write: String,
  };
}
/** Any text. */
export function textParam(initial = ''): ParamCodec<string> {
  return { initial, read: (text) => text, write: (value) => value };
}
/** Ids by commas, in the filter grammar's escapes. */
export function listParam(initial: readonly string[] = [], max = 50): ParamCodec<readonly string[]> {
  const written = (id: string) => id.replaceAll('~', '~0').replaceAll(',', '~1');
  const unwritten = (text: string) => text.replaceAll('~1', ',').replaceAll('~0', '~');
  return {
    initial,
    read: (text) =>
      text
        .split(',')
        .filter((part) => part !== '')
        .slice(0, max)
        .map(unwritten),
    write: (ids) => ids.map(written).join(','),
  };
}

type Codecs = Record<string, ParamCodec<never>>;
type StateOf<C> = { [K in keyof C]: C[K] extends ParamCodec<infer T> ? T : never };

/**
 * A page's own state, kept in the address beside the filters; defaults are left out of it.
 * Define the codecs outside the component: `const codecs = { by: oneOf(['genre', 'format'], 'genre') }`.
 */
export function usePageState<C extends { [K in keyof C]: C[K] extends ParamCodec<infer T> ? ParamCodec<T> : never }>(
  codecs: C,
): [StateOf<C>, (change: Partial<StateOf<C>>, options?: { replace?: boolean }) => void] {
  const params = useAddressParams();
  const navigate = useNavigate();
  const state = useMemo(() => readState(codecs, params), [codecs, params]);
  const set = (change: Partial<StateOf<C>>, { replace = false }: { replace?: boolean } = {}) =>
    void navigate({
      to: '.',
      search: (before: Params) => ({ ...before, ...writeState(codecs, change) }),
      replace,
      resetScroll: false,
    });
  return [state, set];
}

function readState<C>(codecs: C, params: Params): StateOf<C> {
  const state: Record<string, unknown> = {};
  for (const [name, codec] of Object.entries<ParamCodec<unknown>>(codecs as Record<string, ParamCodec<unknown>>)) {
    const text = params[name];
    state[name] = (text === undefined ? undefined : codec.read(text)) ?? codec.initial;
  }
  return state as StateOf<C>;
}

function writeState<C>(codecs: C, change: Partial<StateOf<C>>): Params {
  const params: Params = {};
  for (const [name, codec] of Object.entries<ParamCodec<unknown>>(codecs as Record<string, ParamCodec<unknown>>)) {
    if (!(name in change)) continue;
    const text = codec.write(change[name as keyof C]);
    params[name] = text === codec.write(codec.initial) ? undefined : text;
  }
  return params;
}

export type { Codecs };
