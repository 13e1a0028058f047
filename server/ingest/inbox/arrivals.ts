/** Which files of a watched folder are complete; pure. */

export interface Seen {
  /** With the way to it under the watched folder, `/` between. */
  readonly name: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Names that a program gives to a file it has not finished, and names that are hidden. */
export function isUnfinishedName(name: string): boolean {
  return /^[.~]|\.(part|partial|tmp|temp|crdownload|download|filepart|swp)$|~$/iu.test(name);
}

/**
 * A file is complete once size and time of its last change have been the same for a while: by its own clock, so that a
 * file that is moved in is taken at once, or by ours, if its time lies in the future. It must look the same twice.
 */
export class Arrivals {
  private readonly known = new Map<string, Seen & { readonly since: number }>();

  /** @param settle milliseconds without a change */
  constructor(private readonly settle: number) {}

  /**
   * @param seen every file of the folder
   * @param now milliseconds since 1970
   * @returns the names of those that are complete
   */
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
