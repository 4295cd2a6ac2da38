/** Where a notification leads from the workspace one is in. The address of a page of another one says so: it is not found here, and the page offers to go there. */
export function hrefFrom(here: string | undefined, href: string, workspaceId: string | null | undefined) {
  if (!workspaceId || workspaceId === here || !href.startsWith('/')) return href;
  const url = new URL(href, 'http://here');
  url.searchParams.set('workspace', workspaceId);
  return url.pathname + url.search + url.hash;
}
