type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Leads the keyboard and the screen reader to the first field of a form that has to be mended. */
export function focusFirstFault(form: HTMLFormElement, faults: Readonly<Record<string, unknown>>) {
  [...form.elements]
    .find((element): element is Field => isField(element) && faults[element.name] !== undefined)
    ?.focus();
}

const isField = (element: Element): element is Field =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLSelectElement ||
  element instanceof HTMLTextAreaElement;
