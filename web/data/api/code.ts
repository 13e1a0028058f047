import { untilReached } from './reach.ts';

/** A part of the page's own code that the server does not have, also after a reload. */
export class MissingCode extends Error {}

/**
 * Loads a part of the page's code (`() => import('…')`), if need be once the server can be reached again. A server that has
 * a newer build no longer has the part: then the page is loaded again, as that build.
 */
export async function part<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    await untilReached();
    // One that did not come would be taken for loaded.
    for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]'))
      if (link.sheet === null) link.remove();
  }
  try {
    return await load();
  } catch (cause) {
    if (isFirstTime()) {
      location.reload();
      return new Promise(() => undefined);
    }
    throw new MissingCode(String(cause), { cause });
  }
}

const RELOADED = 'dramascope.reloaded';

/** Whether this build has not been reloaded yet, in this tab. */
function isFirstTime(): boolean {
  try {
    if (sessionStorage.getItem(RELOADED) === import.meta.url) return false;
    sessionStorage.setItem(RELOADED, import.meta.url);
    return true;
  } catch {
    // Nothing is kept (private window): it might reload for ever.
    return false;
  }
}
