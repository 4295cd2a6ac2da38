/** The filters that an address names, read the same way on the server and in the browser. */
import type { Kind } from '@ultrarslanoglu/api-client';
import type { NotificationFilters } from '@ultrarslanoglu/api-client/queries/notifications';

type Query = Record<string, string | string[] | undefined>;

const kinds: readonly Kind[] = [
  'video.ready',
  'video.failed',
  'job.dead',
  'webhook.disabled',
  'connection.lost',
  'account.security',
  'installation.audit',
  'note',
  'test',
];
const isKind = (text: unknown): text is Kind => kinds.includes(text as Kind);

export const filtersFrom = ({ unread, kind }: Query): NotificationFilters => ({
  ...(unread === '1' ? { unread: true } : {}),
  ...(isKind(kind) ? { kind } : {}),
});
