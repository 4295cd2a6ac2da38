/** What a page is asked for, as the browser's own type, so that server and browser read an address by the same code. */
export function paramsOf(query: Record<string, string | string[] | undefined>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of value === undefined ? [] : [value].flat()) params.append(name, one);
  return params;
}
