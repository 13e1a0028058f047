import type { EChartsType } from 'echarts/core';
import { type KeyboardEvent, useEffect, useEffectEvent, useState } from 'react';
import { type Chosen, edgesOf, movedBy, periodAt, spanOf, type TimeAxis } from '../../charts/parts/timeAxis.ts';
import { textWidth } from '../../charts/text.ts';
import { light } from '../../data/lit.ts';
import { useScope } from '../../data/scope.tsx';
import { useFollow, usePresent } from '../../data/useLeads.ts';
import { canDate, datedTo } from '../../filters/leads.ts';
import type { DateRange } from '../../filters/ranges.ts';
import { range as rangeText } from '../../i18n/numbers.ts';
import styles from './TimeBrush.module.css';
import { useChartWords } from './words.ts';

interface TimeBrushProps {
  chart: EChartsType;
  axis: TimeAxis;
  /** Pixels of the picture. */
  width: number;
}

/** A pointer that moves less is a click. */
const DRAG_FROM = 8;
const LABEL_SIZE = 12;

/**
 * A span that is drawn over a chart's time is the page's range from then on: by the pointer, which a finger is not, for it
 * scrolls; by keys with a cursor over the periods.
 */
export function TimeBrush({ chart, axis, width }: TimeBrushProps) {
  const { t, language } = useChartWords();
  const { asOf } = useScope();
  const present = usePresent();
  const follow = useFollow();
  const [kept, setChosen] = useState<Chosen | null>(null);
  const { plot, periods } = axis;
  // The chart may have got fewer periods.
  const chosen = kept !== null && Math.max(kept.from, kept.to) < periods.length ? kept : null;
  const daysOf = (of: Chosen): DateRange => {
    const span = spanOf(axis, of);
    // A day that has not been is none to ask for; of a period that has begun the whole is meant.
    return axis.grain === 'day' && span.to > asOf ? { ...span, to: asOf } : span;
  };
  const take = (of: Chosen) => {
    setChosen(null);
    const span = daysOf(of);
    const address = span.from > span.to || span.from > asOf ? null : datedTo(span, present);
    if (address !== null) follow(address);
  };

  const onDrawn = useEffectEvent(take);
  const placeOf = useEffectEvent((x: number) => periodAt(axis, x));
  useEffect(() => {
    const dom = chart.getDom();
    let stop = () => {};
    const onDown = (event: PointerEvent) => {
      stop();
      if (event.pointerType === 'touch' || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
        return;
      const begin = event.clientX;
      const box = dom.getBoundingClientRect();
      // A picture that is drawn larger is pointed at in its own pixels.
      const at = (x: number) => placeOf(((x - box.left) * dom.offsetWidth) / box.width);
      let drawn: Chosen | null = null;
      const onMove = ({ clientX, buttons }: PointerEvent) => {
        if (buttons === 0) stop();
        else if (drawn !== null || Math.abs(clientX - begin) >= DRAG_FROM) {
          if (drawn === null) {
            hideTip(chart);
            light(null);
          }
          drawn = { from: at(begin), to: at(clientX) };
          setChosen(drawn);
        }
      };
      // The chart shall not answer to a pointer that draws.
      const onMouse = (mouse: MouseEvent) => {
        if (drawn !== null) mouse.stopPropagation();
      };
      const onUp = () => {
        const done = drawn;
        stop();
        if (done !== null) onDrawn(done);
      };
      const onKey = (key: globalThis.KeyboardEvent) => {
        if (key.key !== 'Escape' || drawn === null) return;
        key.stopPropagation();
        stop();
      };
      const ends = new AbortController();
      const during = { capture: true, signal: ends.signal };
      window.addEventListener('pointermove', onMove, during);
      window.addEventListener('mousemove', onMouse, during);
      window.addEventListener('pointerup', onUp, during);
      window.addEventListener('keydown', onKey, during);
      stop = () => {
        ends.abort();
        setChosen(null);
      };
      window.addEventListener('pointercancel', stop, during);
    };
    dom.addEventListener('pointerdown', onDown);
    return () => {
      stop();
      dom.removeEventListener('pointerdown', onDown);
    };
  }, [chart]);

  const onKeyDown = (event: KeyboardEvent) => {
    const moved = movedBy(axis, chosen, event.key, event.shiftKey);
    if (moved !== null) {
      setChosen(moved);
      const { left, right } = edgesOf(axis, { from: moved.to, to: moved.to });
      chart.dispatchAction({ type: 'showTip', x: (left + right) / 2, y: (plot.top + plot.bottom) / 2 });
    } else if (event.key === 'Enter' && chosen !== null) take(chosen);
    else if (event.key === 'Escape' && chosen !== null) setChosen(null);
    else return;
    event.preventDefault();
  };
  if (!canDate(present)) return null;
  const span = chosen === null ? null : daysOf(chosen);
  const text = span === null ? '' : rangeText(span.from, span.to, language);
  return (
    <>
      {chosen !== null && <Band edges={edgesOf(axis, chosen)} axis={axis} text={text} width={width} />}
      <div
        role="slider"
        tabIndex={0}
        className={styles.cursor}
        style={{ left: plot.left, top: plot.top, width: plot.right - plot.left, height: plot.bottom - plot.top }}
        aria-label={t('span')}
        aria-valuemin={0}
        aria-valuemax={periods.length - 1}
        aria-valuenow={chosen?.to ?? periods.length - 1}
        aria-valuetext={text === '' ? t('none') : text}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setChosen(null);
          hideTip(chart);
        }}
      />
    </>
  );
}

/** The tooltip, and the line or the band that goes with it. */
function hideTip(chart: EChartsType): void {
  if (chart.isDisposed()) return;
  chart.dispatchAction({ type: 'hideTip' });
  chart.dispatchAction({ type: 'updateAxisPointer', currTrigger: 'leave' });
}

interface BandProps {
  edges: { left: number; right: number };
  axis: TimeAxis;
  text: string;
  width: number;
}

/** What is chosen so far, with its days over it. */
function Band({ edges: { left, right }, axis: { plot }, text, width }: BandProps) {
  const room = textWidth(text, LABEL_SIZE) + 20;
  const middle = (left + right) / 2 - room / 2;
  return (
    <div
      aria-hidden
      className={styles.band}
      style={{ left, top: plot.top, width: right - left, height: plot.bottom - plot.top }}
    >
      <span
        className={styles.days}
        style={{ left: Math.max(0, Math.min(middle, width - room)) - left, width: room, fontSize: LABEL_SIZE }}
      >
        {text}
      </span>
    </div>
  );
}
