/** Saved profiles: which one a file's header calls for, and why one does not fit; pure. */
import type { Profile, ProfileBody } from '../../contract/profiles.ts';
import type { Label } from '../../contract/query.ts';

/** Where profiles are kept. */
export interface ProfileStore {
  /** Latest changed first. */
  list(): Promise<readonly Profile[]>;
  find(name: string): Promise<Profile | null>;
  /** Saves under a name, over what was there. */
  put(name: string, body: ProfileBody, now: Date): Promise<Profile>;
  /** Whether there was one. */
  remove(name: string): Promise<boolean>;
}

const normal = (name: string) => name.normalize('NFC').trim();
const inOrder = (header: readonly string[]) => JSON.stringify(header.map(normal));
const anyOrder = (header: readonly string[]) => JSON.stringify(header.map(normal).sort());

/**
 * The profile whose header is the file's: the same columns in the same order, else the same columns in any order.
 * Never by likeness. Of several, the first in the list.
 */
export function matchProfile(profiles: readonly Profile[], header: readonly string[]): Profile | null {
  const same = (key: (h: readonly string[]) => string) => {
    const wanted = key(header);
    return profiles.find((profile) => key(profile.header) === wanted) ?? null;
  };
  return same(inOrder) ?? same(anyOrder);
}

export interface Misfit {
  /** Columns that the profile's mapping needs and the file has not. */
  readonly needed: readonly string[];
  /** Other columns of the profile's header that the file has not. */
  readonly gone: readonly string[];
  /** Columns of the file that the profile does not know. */
  readonly fresh: readonly string[];
}

/** How a file's header differs from a profile's; null where it does not, but for order. */
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

/** A misfit in words, for the user. */
export function sayMisfit({ needed, gone, fresh }: Misfit): Label {
  const quoted = (list: readonly string[]) => list.map((name) => `“${name}”`);
  const en = (list: readonly string[]) => quoted(list).join(', ');
  const zh = (list: readonly string[]) => quoted(list).join('、');
  const parts = [
    { of: needed, en: `it maps ${en(needed)}, which the file does not have`, zh: `缺少映射所用的列${zh(needed)}` },
    { of: gone, en: `the file lacks ${en(gone)}`, zh: `缺少列${zh(gone)}` },
    { of: fresh, en: `the file has ${en(fresh)}, which the profile does not know`, zh: `多出列${zh(fresh)}` },
  ].filter(({ of }) => of.length > 0);
  return { en: parts.map((part) => part.en).join('; '), zh: parts.map((part) => part.zh).join('，') };
}

/** The profile that was probably meant where none matches: it shares at least half of all columns of both headers. */
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
