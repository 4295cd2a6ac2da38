/** Requests of the noun "workspaces": those of a person, and in the current one its members, invitations and exports. */
import { queryOptions } from '@tanstack/react-query';
import type { ApiClient, InvitationCreate, Role } from '../client';
import { unwrap } from '../errors';

export const workspaceKeys = {
  all: ['workspaces'] as const,
  mine: ['workspaces', 'mine'] as const,
  members: ['workspaces', 'members'] as const,
  invitations: ['workspaces', 'invitations'] as const,
  exports: ['workspaces', 'exports'] as const,
  invitation: (token: string) => ['workspaces', 'invitation', token] as const,
};

export const myWorkspacesQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: workspaceKeys.mine,
    queryFn: ({ signal }) => unwrap(api.GET('/api/workspaces', { signal })),
  });

export const membersQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: workspaceKeys.members,
    queryFn: ({ signal }) => unwrap(api.GET('/api/workspaces/current/members', { signal })),
  });

export const invitationsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: workspaceKeys.invitations,
    queryFn: ({ signal }) => unwrap(api.GET('/api/workspaces/current/invitations', { signal })),
  });

export const exportsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: workspaceKeys.exports,
    queryFn: ({ signal }) => unwrap(api.GET('/api/workspaces/current/exports', { signal })),
  });

/** What a letter's link leads to; anybody who has it may read it. */
export const invitationQuery = (api: ApiClient, token: string) =>
  queryOptions({
    queryKey: workspaceKeys.invitation(token),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/invitations/{token}', { params: { path: { token } }, signal })),
  });

export const createWorkspace = (api: ApiClient, name: string) =>
  unwrap(api.POST('/api/workspaces', { body: { name } }));

export const renameWorkspace = (api: ApiClient, name: string) =>
  unwrap(api.PATCH('/api/workspaces/current', { body: { name } }));

/** Members without an authenticator app and without a passkey are kept out from then on. */
export const demandSecondFactor = (api: ApiClient, is_required: boolean) =>
  unwrap(api.PUT('/api/workspaces/current/second-factor', { body: { is_required } }));

export const switchWorkspace = (api: ApiClient, workspace_id: string) =>
  unwrap(api.POST('/api/workspaces/{workspace_id}/switch', { params: { path: { workspace_id } } }));

export const restoreWorkspace = (api: ApiClient, workspace_id: string) =>
  unwrap(api.POST('/api/workspaces/{workspace_id}/restore', { params: { path: { workspace_id } } }));

export const leaveWorkspace = (api: ApiClient) => unwrap(api.POST('/api/workspaces/current/leave'));

export const transferWorkspace = (api: ApiClient, user_id: string) =>
  unwrap(api.POST('/api/workspaces/current/transfer', { body: { user_id } }));

/** `name` is typed once more by the person, so that nobody deletes another workspace than they think. */
export const deleteWorkspace = (api: ApiClient, name: string) =>
  unwrap(api.DELETE('/api/workspaces/current', { body: { name } }));

export const changeRole = (api: ApiClient, user_id: string, role: Role) =>
  unwrap(
    api.PATCH('/api/workspaces/current/members/{user_id}', {
      params: { path: { user_id } },
      body: { role },
    }),
  );

export const removeMember = (api: ApiClient, user_id: string) =>
  unwrap(api.DELETE('/api/workspaces/current/members/{user_id}', { params: { path: { user_id } } }));

export const invite = (api: ApiClient, body: InvitationCreate) =>
  unwrap(api.POST('/api/workspaces/current/invitations', { body }));

const invitationPath = (invitation_id: string) => ({ params: { path: { invitation_id } } });

export const resendInvitation = (api: ApiClient, id: string) =>
  unwrap(api.POST('/api/workspaces/current/invitations/{invitation_id}/resend', invitationPath(id)));

export const withdrawInvitation = (api: ApiClient, id: string) =>
  unwrap(api.DELETE('/api/workspaces/current/invitations/{invitation_id}', invitationPath(id)));

export const acceptInvitation = (api: ApiClient, token: string, confirm_other_address: boolean) =>
  unwrap(
    api.POST('/api/invitations/{token}/accept', {
      params: { path: { token } },
      body: { confirm_other_address },
    }),
  );

export const startExport = (api: ApiClient) => unwrap(api.POST('/api/workspaces/current/export'));

export const fetchExport = (api: ApiClient, export_id: string) =>
  unwrap<Blob>(
    api.GET('/api/workspaces/current/exports/{export_id}/download', {
      params: { path: { export_id } },
      parseAs: 'blob',
    }),
  );
