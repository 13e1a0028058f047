/** Browsers and servers take `.` and `..` in a path for steps up, also as `%2e`: such an id gets a tilde in front. */

/** Before percent-encoding: `..` is `~..`, `~..` is `~~..`. */
export const segmentOf = (id: string): string => (/^~*\.{1,2}$/u.test(id) ? `~${id}` : id);

/** After percent-decoding. `idOfSegment(segmentOf(id))` is `id`. */
export const idOfSegment = (segment: string): string => (/^~+\.{1,2}$/u.test(segment) ? segment.slice(1) : segment);
