/** The only place that reads the environment, at run time and not at build time: one build serves every address. */

/** Where the gateway answers. */
export const gatewayUrl = () => new URL(process.env.GATEWAY_URL ?? 'http://127.0.0.1:5000');

export const isDevelopment = () => process.env.NODE_ENV === 'development';

/** Where browsers fetch media from an object store, when it is not the website itself. */
export const mediaOrigin = () => process.env.ULTRA_STORAGE_PUBLIC_ORIGIN ?? null;

/** Whether people reach the website over TLS. */
export const isHttps = () => (process.env.ULTRA_PUBLIC_URL ?? '').startsWith('https://');

/** Cookies know no ports, so a local name carries the port: two instances on one machine do not sign each other out. */
const plainNames = () => namesOf(`ultra_${process.env.ULTRA_WEBSITE_PORT ?? '3001'}`);

/** Over https browsers guard a __Host- cookie from every other site, sibling domains too. */
export const cookieNames = () => (isHttps() ? namesOf('__Host-ultra') : plainNames());

/** Names from before there was a certificate; the gateway takes them and answers with the new ones. */
export const oldRefreshCookieName = () => (isHttps() ? plainNames().refresh : null);

const namesOf = (prefix: string) => ({ access: `${prefix}_at`, refresh: `${prefix}_rt` });
