/** What the log calls things; whatever is not known here is shown as the gateway wrote it. */

/** Kinds of actions that one can look for: all that begin so. */
export const groups = [
  'workspace',
  'member',
  'person',
  'invitation',
  'project',
  'video',
  'webhook',
  'hook',
  'schedule',
  'github',
  'export',
  'session',
  'account',
  'password',
  'email',
  'identity',
  'factor',
  'key',
  'audit',
] as const;

export type Group = (typeof groups)[number];

export const isGroup = (value: string | null): value is Group => groups.some((known) => known === value);

/** `member.role_changed` as the messages name it: dots part their levels. */
export const messageKey = (action: string) => action.replace('.', '_');
