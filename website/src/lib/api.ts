/** The browser's client: same origin, the page's language, renews the session once when it has run out. */
import { createApiClient } from '@ultrarslanoglu/api-client';
import { refreshSession } from './session/refresh';

/** `lang` of the page is the language that it is shown in. */
export const pageLocale = () => document.documentElement.lang || 'tr';

export const api = createApiClient({ locale: pageLocale, refresh: refreshSession });
