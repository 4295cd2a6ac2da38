/** The input of a job as somebody edits it: a list of values, as JSON. */

export const textOfInput = (args: readonly unknown[]) => JSON.stringify(args, null, 2);

export type ReadInput = { args: unknown[] } | { fault: 'notJson' | 'notList' };

export function readInput(text: string): ReadInput {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'notJson' };
  }
  return Array.isArray(value) ? { args: value } : { fault: 'notList' };
}
