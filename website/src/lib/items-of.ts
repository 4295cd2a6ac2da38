/** What an infinite query has read so far, page after page. */
export const itemsOf = <Item>(data: { pages: { items: Item[] }[] } | undefined): Item[] =>
  data?.pages.flatMap((page) => page.items) ?? [];
