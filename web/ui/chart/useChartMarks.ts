import type { EChartsType, ElementEvent } from 'echarts/core';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { ChartOption } from '../../charts/frame.ts';
import { hitAt, litIn, markAt } from '../../charts/parts/markPlaces.ts';
import { light, useLit } from '../../data/lit.ts';
import { useFollow, usePresent } from '../../data/useLeads.ts';
import { canDate, leadOf } from '../../filters/leads.ts';
import { keysOf, type Mark, memberKey } from '../../filters/marks.ts';
import { elsewhere } from '../marks/MarkLink.tsx';
import { type Asking, LONG_PRESS, RESTS_WITHIN } from '../marks/useMarkMenu.tsx';

type ElementEventName = 'mousemove' | 'mousedown' | 'mouseup' | 'click' | 'contextmenu';

interface Pointed {
  mark: Mark;
  key: string;
  native: MouseEvent | TouchEvent;
  x: number;
  y: number;
}

const isTouch = (native: MouseEvent | TouchEvent): native is TouchEvent =>
  typeof TouchEvent !== 'undefined' && native instanceof TouchEvent;

/** The pointer's event about a mark, if it is about one. @param event of the drawing, which has the browser's in it */
function pointed(mark: Mark | undefined, event: unknown): Pointed | null {
  const native = nativeOf(event);
  if (mark === undefined || native === null) return null;
  const at = isTouch(native) ? native.changedTouches[0] : native;
  return { mark, key: keysOf(mark).join(), native, x: at?.clientX ?? 0, y: at?.clientY ?? 0 };
}

const within = (value: unknown, name: 'event'): unknown =>
  typeof value === 'object' && value !== null && name in value ? value[name] : undefined;

function nativeOf(event: unknown): MouseEvent | TouchEvent | null {
  const native = within(event, 'event');
  return native instanceof MouseEvent || (typeof TouchEvent !== 'undefined' && native instanceof TouchEvent)
    ? native
    : null;
}

/**
 * Marks of a drawn chart lead: a click opens what one stands for, in a new tab with Ctrl, ⌘ or the middle button; a right
 * click or a long press asks for its menu; the pointer is a hand over what leads, and lights the member up everywhere.
 * A finger has no hover: its first tap shows the tooltip, a second one on the same mark opens it.
 */
export function useChartMarks(
  chart: EChartsType | null,
  option: RefObject<ChartOption | null>,
  ask: (asking: Asking) => void,
): void {
  const present = usePresent();
  const follow = useFollow();
  const now = useRef({ present, follow, ask });
  useEffect(() => {
    now.current = { present, follow, ask };
  });

  useEffect(() => {
    if (chart === null || chart.isDisposed()) return;
    const root = chart.getZr();
    const leads = (mark: Mark) => leadOf(mark, now.current.present);
    let tapped = '';
    let middle = '';
    let resting: { timer: ReturnType<typeof setTimeout>; x: number; y: number } | undefined;
    let asked = false;
    const show = (found: Pointed | null) => {
      const dom = chart.getDom();
      if (found === null) delete dom.dataset.mark;
      else dom.dataset.mark = found.key;
      const [member] = found?.mark.members ?? [];
      light(member === undefined ? null : memberKey(member));
    };
    const menuOf = ({ mark, x, y }: Pointed) => {
      // It would lie over the menu.
      chart.dispatchAction({ type: 'hideTip' });
      now.current.ask({ mark, x, y });
    };
    const lift = () => clearTimeout(resting?.timer);

    const onMove = (found: Pointed | null) => {
      if (found !== null && isTouch(found.native)) {
        if (Math.hypot(found.x - (resting?.x ?? found.x), found.y - (resting?.y ?? found.y)) > RESTS_WITHIN) lift();
        return;
      }
      // ECharts has a hand for everything that it can hit.
      const idle = option.current?.time !== undefined && canDate(now.current.present) ? 'crosshair' : 'default';
      root.setCursorStyle(found !== null && leads(found.mark) !== null ? 'pointer' : idle);
      show(found);
    };
    const onOut = () => {
      lift();
      show(null);
    };
    const onDown = (found: Pointed | null) => {
      asked = false;
      middle = '';
      lift();
      if (found === null) return;
      if (isTouch(found.native)) {
        const timer = setTimeout(() => {
          asked = true;
          menuOf(found);
        }, LONG_PRESS);
        resting = { timer, x: found.x, y: found.y };
      } else if (found.native.button === 1) {
        // Else the browser begins to scroll.
        found.native.preventDefault();
        middle = found.key;
      }
    };
    const onUp = (found: Pointed | null) => {
      lift();
      // The lifted finger would press what lies under the menu, and so close it.
      if (asked) found?.native.preventDefault();
      if (found === null || isTouch(found.native) || found.native.button !== 1 || found.key !== middle) return;
      const address = leads(found.mark);
      if (address !== null) now.current.follow(address, true);
    };
    const onClick = (found: Pointed | null) => {
      if (found === null || asked) return;
      const first = isTouch(found.native) && tapped !== found.key;
      tapped = found.key;
      const address = leads(found.mark);
      if (address !== null && !first) now.current.follow(address, elsewhere(found.native));
    };
    const onMenu = (found: Pointed | null) => {
      if (found === null) return;
      found.native.preventDefault();
      menuOf(found);
    };
    const takes: readonly [name: ElementEventName, take: (found: Pointed | null) => void][] = [
      ['mousemove', onMove],
      ['mousedown', onDown],
      ['mouseup', onUp],
      ['click', onClick],
      ['contextmenu', onMenu],
    ];
    const offs = takes.map(([name, take]) => {
      // Of what is drawn ECharts tells; where nothing is drawn, a whole row may stand for something.
      const onDrawn = (params: unknown) => {
        if (option.current !== null) take(pointed(markAt(option.current, params), within(params, 'event')));
      };
      const onRoot = (event: ElementEvent) => {
        if (event.target !== undefined && event.target !== null) return;
        if (option.current !== null) take(pointed(hitAt(option.current, event.offsetX, event.offsetY), event));
      };
      chart.on(name, onDrawn);
      root.on(name, onRoot);
      return () => {
        chart.off(name, onDrawn);
        root.off(name, onRoot);
      };
    });
    chart.on('mouseout', onOut);
    chart.on('globalout', onOut);
    return () => {
      lift();
      light(null);
      if (chart.isDisposed()) return;
      for (const off of offs) off();
      chart.off('mouseout', onOut);
      chart.off('globalout', onOut);
    };
  }, [chart, option]);

  const onLit = useCallback(
    (key: string | null) => {
      if (chart === null || chart.isDisposed() || option.current === null) return;
      chart.dispatchAction({ type: 'downplay' });
      const batch = key === null ? [] : litIn(option.current, key);
      if (batch.length > 0) chart.dispatchAction({ type: 'highlight', batch: [...batch] });
    },
    [chart, option],
  );
  useLit(onLit);
}
