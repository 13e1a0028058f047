import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readColumns, readDensity } from '../../../../web/data/kept.ts';
import { fittingColumns, shownColumns } from '../../../../web/ui/tableColumn.ts';

describe('what a browser has kept', () => {
  it('is read whatever it is', () => {
    expect(readColumns(null)).toEqual({});
    expect(readColumns('{"series":{"views":false}}')).toEqual({ series: { views: false } });
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => typeof readColumns(text) === 'object'));
  });

  it('loses what one table has wrong, not what the others have', () => {
    expect(readColumns('{"series":["views"],"club":{"days":true}}')).toEqual({ series: {}, club: { days: true } });
  });

  it('is a density only if it is one', () => {
    expect(['compact', 'comfortable', 'cosy', '', null, undefined].map(readDensity)).toEqual([
      'compact',
      'comfortable',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('the columns of a table', () => {
  const columns = [{ id: 'name', fixed: true }, { id: 'views' }, { id: 'likes', hidden: true }];
  const shown = (chosen: Record<string, boolean>, asked?: string) =>
    Object.entries(shownColumns(columns, chosen, asked))
      .filter(([, visible]) => visible)
      .map(([id]) => id);

  it('are those that it has by itself, unless the reader chose others', () => {
    expect(shown({})).toEqual(['name', 'views']);
    expect(shown({ likes: true, views: false })).toEqual(['name', 'likes']);
  });

  it('never lose the name, and take nothing from columns that are no more', () => {
    expect(shown({ name: false, gone: true })).toEqual(['name', 'views']);
    expect(shown({}, 'gone,name')).toEqual(['name', 'views']);
  });

  it('are those of the address, if it names any', () => {
    expect(shown({ views: true }, 'likes')).toEqual(['name', 'likes']);
    expect(shown({ views: false }, 'views,likes')).toEqual(['name', 'views', 'likes']);
  });
});

describe('the columns that fit on a phone', () => {
  const columns = [{ id: 'name' }, { id: 'rank', width: 80 }, { id: 'share', width: 100 }, { id: 'views', width: 120 }];
  const fitting = (room: number, by?: string) => [...fittingColumns(columns, by, room)].toSorted();

  it('are the name, what it is sorted by, and those that come first', () => {
    expect(fitting(150 + 72 + 90)).toEqual(['name', 'rank', 'share']);
    expect(fitting(150 + 108 + 72, 'views')).toEqual(['name', 'rank', 'views']);
  });

  it('are the name at least, and all if there is room', () => {
    expect(fitting(0)).toEqual(['name']);
    expect(fitting(1000)).toEqual(['name', 'rank', 'share', 'views']);
  });
});
