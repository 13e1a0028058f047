/** Saved profiles: which one fits a header, and why another does not. */
import type { Profile, ProfileBody } from '../../contract/profiles.ts';

export interface ProfileStore {
  list(): Promise<readonly Profile[]>;
  find(name: string): Promise<Profile | null>;
  put(name: string, body: ProfileBody, now: Date): Promise<Profile>;
  remove(name: string): Promise<boolean>;
}

const normal = (name: string) => name.normalize('NFC').trim();
const inOrder = (header: readonly string[]) => JSON.stringify(header.map(normal));
const anyOrder = (header: readonly string[]) => JSON.stringify(header.map(normal).sort());

/** The first profile with the same columns in the same order, else in any order; never by likeness. */
export function matchProfile(profiles: readonly Profile[], header: readonly string[]): Profile | null {
  const same = (key: (h: readonly string[]) => string) => {
    const wanted = key(header);
    return profiles.find((profile) => key(profile.header) === wanted) ?? null;
  };
  return same(inOrder) ?? same(anyOrder);
}

export interface Misfit {
  readonly needed: readonly string[];
  readonly gone: readonly string[];
  readonly fresh: readonly string[];
}

/** Null if the headers differ in nothing but order. */
export function misfitOf(profile: Profile, header: readonly string[]): Misfit | null {
  const has = new Set(header.map(normal));
  const known = new Set(profile.header.map(normal));
  const mapped = [...new Set(Object.values(profile.mapping))];
  const uses = new Set(mapped.map(normal));
  const misfit = {
    needed: mapped.filter((name) => !has.has(normal(name))),
    gone: profile.header.filter((name) => !has.has(normal(name)) && !uses.has(normal(name))),
    fresh: header.filter((name) => !known.has(normal(name))),
  };
  return misfit.needed.length + misfit.gone.length + misfit.fresh.length > 0 ? misfit : null;
}

/** The profile that was probably meant: it shares at least half of all columns of both headers. */
export function nearestProfile(profiles: readonly Profile[], header: readonly string[]): Profile | null {
  const has = new Set(header.map(normal));
  let best: { profile: Profile; shared: number } | null = null;
  for (const profile of profiles) {
    const known = new Set(profile.header.map(normal));
    const both = [...known].filter((name) => has.has(name)).length;
    const shared = both / (known.size + has.size - both);
    if (shared >= 0.5 && shared > (best?.shared ?? 0)) best = { profile, shared };
  }
  return best?.profile ?? null;
}
