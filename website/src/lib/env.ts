/** The only place that reads the environment, at run time and not at build time: one build serves every address. */

/** Where the gateway answers. */
export const gatewayUrl = () => new URL(process.env.GATEWAY_URL ?? 'http://127.0.0.1:5000');

export const isDevelopment = () => process.env.NODE_ENV === 'development';

/** Where browsers fetch media from an object store, when it is not the website itself. */
export const mediaOrigin = () => process.env.ULTRA_STORAGE_PUBLIC_ORIGIN ?? null;

const isProduction = () => process.env.ULTRA_ENVIRONMENT === 'production';

/** Cookies know no ports, so a local name carries the port: two instances on one machine do not sign each other out. */
export function cookieNames() {
  const prefix = isProduction() ? '__Host-ultra' : `ultra_${process.env.ULTRA_WEBSITE_PORT ?? '3001'}`;
  return { access: `${prefix}_at`, refresh: `${prefix}_rt` };
}
