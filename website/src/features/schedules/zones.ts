/** The time zones that the browser knows, by their IANA names; one that it does not know is added. */
export function zones(current: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return [...new Set([...known, 'UTC', current])].sort();
}

/** The zone that the reader's device is set to. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
