/** Whether a page is about one's own workspace or, for operators, about the whole installation. */
import type { Me, View } from '@ultrarslanoglu/api-client';

/** Whether somebody looks after the whole installation. */
export const isOperator = (me: Me | null | undefined) => me?.user.is_operator === true;

/** For those who are no operators the address cannot ask for more than their own. */
export const scopeFrom = (params: URLSearchParams, mayAskForAll: boolean): View =>
  mayAskForAll && params.get('scope') === 'all' ? 'all' : 'own';
