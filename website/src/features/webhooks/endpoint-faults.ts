/** What can be said about an address without asking the gateway. The gateway checks everything again. */

export type EndpointFault = 'nameEmpty' | 'urlEmpty' | 'urlInvalid';

export type EndpointFaults = Partial<Record<'name' | 'url', EndpointFault>>;

/** An address that exists already may be left empty: then it stays. */
export function checkEndpoint(name: string, url: string, isNew: boolean): EndpointFaults {
  const urlFault = checkUrl(url, isNew);
  return { ...(name ? {} : { name: 'nameEmpty' as const }), ...(urlFault ? { url: urlFault } : {}) };
}

function checkUrl(url: string, isNew: boolean): EndpointFault | null {
  if (!url) return isNew ? 'urlEmpty' : null;
  // The sandbox on this machine speaks http; what else may, the gateway knows.
  return URL.canParse(url) && /^https?:\/\//i.test(url) ? null : 'urlInvalid';
}
