/** Fields of the page's own, put into the form through its slot: native controls, or elements that behave like them. */

interface Control extends HTMLElement {
  name: string;
  value: unknown;
  type?: string;
  checked?: boolean;
  disabled?: boolean;
  checkValidity?(): boolean;
  reportValidity?(): boolean;
}

/** Everything with a name and a value in what is slotted, in order. */
function controlsIn(slot: HTMLSlotElement | null): Control[] {
  const inside = (slot?.assignedElements({ flatten: true }) ?? []).flatMap((element) => [element, ...element.querySelectorAll('*')]);
  return inside.filter((element): element is Control => 'value' in element && 'name' in element && Boolean(element.name) && element.localName !== 'button');
}

const isBox = ({ type }: Control): boolean => type === 'checkbox' || type === 'radio';

/** A file cannot travel in JSON, and a button has nothing to say. */
const counts = (control: Control): boolean =>
  !control.matches(':disabled') && control.disabled !== true && !['file', 'submit', 'button', 'reset', 'image'].includes(control.type ?? '');

/**
 * The values by their names, as a form would send them: unchecked boxes and what is disabled are left out; a box without a
 * value of its own is `true`; several of one name are a list; numbers are numbers.
 */
export function readOwn(slot: HTMLSlotElement | null): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const control of controlsIn(slot).filter(counts)) {
    if (isBox(control) && !control.checked) continue;
    const value = valueOf(control);
    if (value === '' || value === null || value === undefined) continue;
    const before = values[control.name];
    values[control.name] = before === undefined ? value : [before, value].flat();
  }
  return values;
}

function valueOf(control: Control): unknown {
  if (control instanceof HTMLSelectElement && control.multiple) return [...control.selectedOptions].map(({ value }) => value);
  if (control.type === 'checkbox' && control.getAttribute('value') === null) return true;
  return control.type === 'number' || control.type === 'range' ? numberOf(control.value) : control.value;
}

function numberOf(value: unknown): unknown {
  return value === '' ? '' : Number(value);
}

/** Puts values back that `readOwn` gave. */
export function restoreOwn(slot: HTMLSlotElement | null, values: Readonly<Record<string, unknown>>): void {
  for (const control of controlsIn(slot)) {
    if (!Object.hasOwn(values, control.name)) continue;
    const wanted = [values[control.name]].flat();
    if (isBox(control)) control.checked = wanted.includes(true) || wanted.includes(control.value);
    else if (control instanceof HTMLSelectElement && control.multiple) {
      for (const option of control.options) option.selected = wanted.includes(option.value);
    } else if (control.type !== 'file') control.value = typeof control.value === 'string' ? String(wanted[0]) : wanted[0];
  }
}

/** The first that is not as it should be, by its own word. */
export function firstInvalid(slot: HTMLSlotElement | null): { reportValidity?(): boolean } | null {
  return controlsIn(slot).find((control) => control.checkValidity?.() === false) ?? null;
}
