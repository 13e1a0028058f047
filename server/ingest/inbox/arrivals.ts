export interface Seen {
  readonly name: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Names of programs for unfinished files, and hidden names. */
export function isUnfinishedName(name: string): boolean {
  return /^[.~]|\.(part|partial|tmp|temp|crdownload|download|filepart|swp)$|~$/iu.test(name);
}

/**
 * A file is complete if size and time are unchanged for a while, by its own clock (a file moved in is taken at once),
 * or by ours if its time is in the future. It must look the same twice.
 */
export class Arrivals {
  private readonly known = new Map<string, Seen & { readonly since: number }>();

  /** @param settle milliseconds */
  constructor(private readonly settle: number) {}

  /** Gives the names of complete files. @param seen every file of the folder @param now milliseconds since 1970 */
  look(seen: readonly Seen[], now: number): string[] {
    const complete: string[] = [];
    const names = new Set(seen.map((file) => file.name));
    for (const name of this.known.keys()) if (!names.has(name)) this.known.delete(name);
    for (const file of seen) {
      if (isUnfinishedName(file.name.slice(file.name.lastIndexOf('/') + 1))) continue;
      const before = this.known.get(file.name);
      const same = before !== undefined && before.size === file.size && before.mtimeMs === file.mtimeMs;
      if (!same) this.known.set(file.name, { ...file, since: now });
      else if (Math.max(now - file.mtimeMs, now - before.since) >= this.settle) complete.push(file.name);
    }
    return complete;
  }
}
