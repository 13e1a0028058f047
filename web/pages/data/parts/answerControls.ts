import type { Upload } from '../../../../server/contract/imports.ts';

type Kind = Upload['kind'];

/** Id of the control that answers a question. */
export const controlId = (path: string): string => `answer-${path}`;

/** Brings the control that answers a question into view, with the keyboard. */
export function goToAnswer(path: string, kind: Kind): void {
  controlOf(path, kind)?.scrollIntoView({ block: 'center' });
  focusAnswer(path, kind);
}

/** The keyboard goes on at the control that answers a question; what is in view stays. */
export function focusAnswer(path: string, kind: Kind): void {
  const control = controlOf(path, kind);
  const field = control?.matches('select, input') ? control : control?.querySelector('input:checked, select, input');
  if (field instanceof HTMLElement) field.focus({ preventScroll: true });
}

function controlOf(path: string, kind: Kind): HTMLElement | null {
  const place = path === 'options.day' && kind === 'catalog' ? 'kind' : path;
  // Without a column of views all columns are there to choose from.
  return document.getElementById(controlId(place)) ?? document.getElementById(controlId('mapping'));
}
