import {
  type HTMLAttributes,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  type TouchEvent,
  useEffect,
  useRef,
} from 'react';
import { light } from '../../data/lit.ts';
import { useFollow, usePresent } from '../../data/useLeads.ts';
import type { Call } from '../../figures/calls.ts';
import { leadOf } from '../../filters/leads.ts';
import { type Mark, memberKey } from '../../filters/marks.ts';
import { elsewhere } from './MarkLink.tsx';
import { LONG_PRESS, RESTS_WITHIN, useMarkMenu } from './useMarkMenu.tsx';

/** What has its own answer to a press. */
const ACTS = 'a, button, input, select, label';
const acts = ({ target, currentTarget }: MouseEvent): boolean => {
  const own = target instanceof Element ? target.closest(ACTS) : null;
  return own !== null && currentTarget.contains(own);
};

type Handlers = HTMLAttributes<HTMLTableCellElement | HTMLTableRowElement>;

export interface RowMarks {
  /** Whether a press opens something. */
  leads: (mark: Mark) => boolean;
  /** A row is pressed to open it, and has the menu. */
  row: (mark: Mark) => Handlers;
  /** A column's head has the menu; a press sorts. */
  head: (mark: Mark) => Handlers;
  menu: ReactNode;
}

/** Rows of a table that stand for something: press, other tab, menu, and the light in the charts. */
export function useRowMarks(call?: () => Call<unknown> | undefined): RowMarks {
  const present = usePresent();
  const follow = useFollow();
  const { ask, menu } = useMarkMenu(call);
  const resting = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number; asked: boolean }>(undefined);
  const lift = () => clearTimeout(resting.current?.timer);
  useEffect(() => () => clearTimeout(resting.current?.timer), []);

  const head = (mark: Mark): Handlers => ({
    onContextMenu: (event: MouseEvent) => {
      event.preventDefault();
      ask({ mark, x: event.clientX, y: event.clientY });
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return;
      event.preventDefault();
      const { left, bottom } = (
        event.target instanceof Element ? event.target : event.currentTarget
      ).getBoundingClientRect();
      ask({ mark, x: left, y: bottom });
    },
    onPointerDown: (event: PointerEvent) => {
      resting.current = undefined;
      if (event.pointerType !== 'touch') return;
      const { clientX: x, clientY: y } = event;
      const timer = setTimeout(() => {
        resting.current = { timer, x, y, asked: true };
        ask({ mark, x, y });
      }, LONG_PRESS);
      resting.current = { timer, x, y, asked: false };
    },
    onPointerMove: (event: PointerEvent) => {
      const { x = event.clientX, y = event.clientY } = resting.current ?? {};
      if (Math.hypot(event.clientX - x, event.clientY - y) > RESTS_WITHIN) lift();
    },
    onPointerUp: lift,
    onTouchEnd: (event: TouchEvent) => {
      // The lifted finger would press what lies under the menu, and so close it.
      if (resting.current?.asked === true) event.preventDefault();
    },
    onPointerCancel: lift,
    onPointerEnter: (event: PointerEvent) => {
      const [member] = mark.members;
      if (member !== undefined && event.pointerType !== 'touch') light(memberKey(member));
    },
    onPointerLeave: () => {
      lift();
      light(null);
    },
  });
  const row = (mark: Mark): Handlers => ({
    ...head(mark),
    onClick: (event: MouseEvent) => {
      // The finger that asked for the menu is lifted; a text that is being marked is not pressed.
      const address = leadOf(mark, present);
      const busy = resting.current?.asked === true || window.getSelection()?.isCollapsed === false;
      if (address === null || busy || acts(event)) return;
      follow(address, elsewhere(event));
    },
    onAuxClick: (event: MouseEvent) => {
      const address = leadOf(mark, present);
      if (event.button === 1 && address !== null && !acts(event)) follow(address, true);
    },
  });
  return { leads: (mark) => leadOf(mark, present) !== null, row, head, menu };
}
