import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { idOfSegment, segmentOf } from '../../server/contract/segments.ts';

const ids = oneof(
  string({ unit: 'binary' }),
  array(constantFrom('.', '~', '%2e', '/', 'a')).map((parts) => parts.join('')),
);
/** As a browser and a server read it: steps up and down are taken first. */
const through = (id: string) => {
  const { pathname } = new URL(`/series/${encodeURIComponent(segmentOf(id))}`, 'http://x');
  return idOfSegment(decodeURIComponent(pathname.slice('/series/'.length)));
};

it('an id comes through a path as it was', () => {
  void assert(
    property(
      ids.filter((id) => id !== '' && !/\p{Cs}/u.test(id)),
      (id) => void expect(through(id)).toBe(id),
    ),
  );
});

it.each(['MD011912', '~x', '~', '...', 'a/b', '听花岛'])('the address of %s is what it was', (id) => {
  expect(segmentOf(id)).toBe(id);
});

it.each(['.', '..', '~..', '~~.'])('%s is no step up', (id) => {
  expect(through(id)).toBe(id);
});
