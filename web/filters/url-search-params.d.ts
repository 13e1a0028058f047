/** What browsers and Node both have, beside ECMAScript: the pure half of the page is typed without either. */
declare class URLSearchParams {
  constructor(search: string);
  [Symbol.iterator](): IterableIterator<[string, string]>;
}
