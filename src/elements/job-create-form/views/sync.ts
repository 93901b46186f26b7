/** What the controls show that a choice by hand no longer lets follow what is rendered. */
export interface Shown {
  readonly mode: string;
  readonly text: (name: string) => string;
  readonly isTyped: (name: string) => boolean;
}

/** Selects, boxes and radios keep what a hand has chosen: they are told what stands there now. */
export function syncControls(root: ParentNode, { mode, text, isTyped }: Shown): void {
  for (const control of root.querySelectorAll<HTMLInputElement>('.field select, .field [type=checkbox], .mode input')) {
    const { type, name, value } = control;
    if (type === 'radio') control.checked = value === mode;
    else if (type === 'checkbox') control.checked = text(name) === 'true';
    else if (!isTyped(name) && value !== text(name)) control.value = text(name);
  }
}
