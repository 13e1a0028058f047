/**
 * Ids in the path of an address. Browsers and servers take `.` and `..` for steps up, also as `%2e`: such an id is
 * written behind a tilde, and one that looks so written behind one more. Every other id stands as it is.
 */

/** An id as a part of a path, before it is percent-encoded: `..` is `~..`, `~..` is `~~..`. */
export const segmentOf = (id: string): string => (/^~*\.{1,2}$/u.test(id) ? `~${id}` : id);

/** The id that a part of a path stands for, once it is percent-decoded. `idOfSegment(segmentOf(id))` is `id`. */
export const idOfSegment = (segment: string): string => (/^~+\.{1,2}$/u.test(segment) ? segment.slice(1) : segment);
