/** The roles of a workspace, the mightiest first; the gateway decides what each may do. */
import type { Role } from '@ultrarslanoglu/api-client';

export const roles = [
  'owner',
  'admin',
  'editor',
  'publisher',
  'analyst',
  'viewer',
] as const satisfies readonly Role[];

/** Nobody gives a role above their own. */
export const rolesUpTo = (own: Role): readonly Role[] => roles.slice(roles.indexOf(own));
