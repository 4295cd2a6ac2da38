/** The place that an address belongs to: the longest that it starts with, whole words only. */
export function activePath<Path extends string>(
  places: readonly { href: Path }[],
  path: string,
): Path | undefined {
  const fitting = places.filter(({ href }) => path === href || path.startsWith(`${href}/`));
  return fitting.sort((one, other) => other.href.length - one.href.length)[0]?.href;
}
