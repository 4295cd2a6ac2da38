/** The browser's client: same origin, the page's language, renews the session once when it has run out, asks who it is before something sensitive. */
import { createApiClient } from '@ultrarslanoglu/api-client';
import { readCsrfToken, renewCsrfToken } from './session/csrf';
import { refreshSession } from './session/refresh';
import { fetchWithStepUp } from './step-up';

/** `lang` of the page is the language that it is shown in. */
export const pageLocale = () => document.documentElement.lang || 'tr';

export const api = createApiClient({
  locale: pageLocale,
  refresh: refreshSession,
  csrf: { read: readCsrfToken, renew: renewCsrfToken },
  fetch: fetchWithStepUp,
});
