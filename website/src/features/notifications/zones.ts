/** Time zones as a list that people find theirs in. */

const regions = [
  'Africa',
  'America',
  'Antarctica',
  'Arctic',
  'Asia',
  'Atlantic',
  'Australia',
  'Europe',
  'Indian',
  'Pacific',
  'UTC',
] as const;

export const isRegion = (name: string): name is (typeof regions)[number] =>
  (regions as readonly string[]).includes(name);

/** By region, both in the order of the alphabet; names that stand alone are their own region. */
export function groupZones(zones: readonly string[]): [region: string, zones: string[]][] {
  const groups = new Map<string, string[]>();
  for (const zone of [...new Set([...zones, 'UTC'])].sort()) {
    const region = zone.split('/', 1)[0] ?? zone;
    groups.set(region, [...(groups.get(region) ?? []), zone]);
  }
  return [...groups].sort(([one], [other]) => one.localeCompare(other));
}

/** "America/Argentina/Buenos_Aires" → "Argentina / Buenos Aires". */
export const placeOf = (zone: string) =>
  (zone.includes('/') ? zone.split('/').slice(1).join(' / ') : zone).replaceAll('_', ' ');
