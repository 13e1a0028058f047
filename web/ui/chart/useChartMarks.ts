import type { EChartsType } from 'echarts/core';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { ChartOption } from '../../charts/frame.ts';
import { litIn, markAt } from '../../charts/markPlaces.ts';
import { light, useLit } from '../../data/lit.ts';
import { useFollow, usePresent } from '../../data/useLeads.ts';
import { leadOf } from '../../filters/leads.ts';
import { keysOf, type Mark, memberKey } from '../../filters/marks.ts';
import { elsewhere } from '../marks/MarkLink.tsx';
import { type Asking, LONG_PRESS, RESTS_WITHIN } from '../marks/useMarkMenu.tsx';

interface Pointed {
  mark: Mark;
  key: string;
  native: MouseEvent | TouchEvent;
  x: number;
  y: number;
}

const isTouch = (native: MouseEvent | TouchEvent): native is TouchEvent =>
  typeof TouchEvent !== 'undefined' && native instanceof TouchEvent;

/** What the pointer's event is about, if that stands for something. */
function pointed(option: ChartOption | null, event: unknown): Pointed | null {
  const mark = option === null ? undefined : markAt(option, event);
  const native = nativeOf(event);
  if (mark === undefined || native === null) return null;
  const at = isTouch(native) ? native.changedTouches[0] : native;
  return { mark, key: keysOf(mark).join(), native, x: at?.clientX ?? 0, y: at?.clientY ?? 0 };
}

/** The browser's event, in ECharts' within the chart's own. */
function nativeOf(event: unknown): MouseEvent | TouchEvent | null {
  const inner = typeof event === 'object' && event !== null && 'event' in event ? event.event : undefined;
  const native = typeof inner === 'object' && inner !== null && 'event' in inner ? inner.event : undefined;
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
    const find = (event: unknown) => pointed(option.current, event);
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
    const menuOf = ({ mark, x, y }: Pointed) => now.current.ask({ mark, x, y });
    const lift = () => clearTimeout(resting?.timer);

    const onMove = (event: unknown) => {
      const found = find(event);
      if (found !== null && isTouch(found.native)) {
        if (Math.hypot(found.x - (resting?.x ?? found.x), found.y - (resting?.y ?? found.y)) > RESTS_WITHIN) lift();
        return;
      }
      // ECharts has a hand for everything that it can hit.
      chart.getZr().setCursorStyle(found !== null && leads(found.mark) !== null ? 'pointer' : 'default');
      show(found);
    };
    const onOut = () => {
      lift();
      show(null);
    };
    const onDown = (event: unknown) => {
      const found = find(event);
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
    const onUp = (event: unknown) => {
      lift();
      const found = find(event);
      if (found === null || isTouch(found.native) || found.native.button !== 1 || found.key !== middle) return;
      const address = leads(found.mark);
      if (address !== null) now.current.follow(address, true);
    };
    const onClick = (event: unknown) => {
      const found = find(event);
      if (found === null || asked) return;
      const first = isTouch(found.native) && tapped !== found.key;
      tapped = found.key;
      const address = leads(found.mark);
      if (address !== null && !first) now.current.follow(address, elsewhere(found.native));
    };
    const onMenu = (event: unknown) => {
      const found = find(event);
      if (found === null) return;
      found.native.preventDefault();
      menuOf(found);
    };
    const handlers = {
      mousemove: onMove,
      mouseout: onOut,
      globalout: onOut,
      mousedown: onDown,
      mouseup: onUp,
      click: onClick,
      contextmenu: onMenu,
    };
    for (const [name, handler] of Object.entries(handlers)) chart.on(name, handler);
    return () => {
      lift();
      light(null);
      if (chart.isDisposed()) return;
      for (const [name, handler] of Object.entries(handlers)) chart.off(name, handler);
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
