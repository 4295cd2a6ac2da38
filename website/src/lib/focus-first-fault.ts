/** Leads the keyboard and the screen reader to the first field of a form that has to be mended. */
export function focusFirstFault(form: HTMLFormElement, faults: Record<string, unknown>) {
  const field = [...form.elements].find(
    (element) => element instanceof HTMLInputElement && faults[element.name] !== undefined,
  );
  (field as HTMLInputElement | undefined)?.focus();
}
