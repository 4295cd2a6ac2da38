import { invitationsQuery, membersQuery } from '@ultrarslanoglu/api-client/queries/workspaces';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SettingsSection } from '@/features/settings/settings-section';
import { DeletedWorkspaces } from '@/features/workspace/deleted-workspaces';
import { Ending } from '@/features/workspace/ending';
import { Exports } from '@/features/workspace/exports';
import { InvitationList } from '@/features/workspace/invitation-list';
import { MemberList } from '@/features/workspace/member-list';
import { WorkspaceNameForm } from '@/features/workspace/name-form';
import { SecondFactorDemand } from '@/features/workspace/second-factor-demand';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Workspace');
  return { title: t('title') };
}

export default async function WorkspacePage() {
  const [me, t] = await Promise.all([currentPerson(), getTranslations('Workspace.sections')]);
  if (!me) return null;
  const mayInvite = me.permissions.includes('members:write');
  return (
    <Prefetch
      load={(client, api) => [
        client.prefetchQuery(membersQuery(api)),
        ...(mayInvite ? [client.prefetchQuery(invitationsQuery(api))] : []),
      ]}
    >
      <div className="grid grid-cols-1 gap-8 lg:gap-10">
        <DeletedWorkspaces />
        <SettingsSection id="name" title={t('name.title')} text={t('name.text')}>
          <WorkspaceNameForm />
        </SettingsSection>
        <SettingsSection id="members" title={t('members.title')} text={t('members.text')}>
          <MemberList />
        </SettingsSection>
        <SettingsSection id="invitations" title={t('invitations.title')} text={t('invitations.text')}>
          <InvitationList />
        </SettingsSection>
        <SettingsSection id="second-factor" title={t('secondFactor.title')} text={t('secondFactor.text')}>
          <SecondFactorDemand />
        </SettingsSection>
        <SettingsSection id="export" title={t('export.title')} text={t('export.text')}>
          <Exports />
        </SettingsSection>
        <SettingsSection id="ending" title={t('ending.title')} text={t('ending.text')}>
          <Ending />
        </SettingsSection>
      </div>
    </Prefetch>
  );
}
