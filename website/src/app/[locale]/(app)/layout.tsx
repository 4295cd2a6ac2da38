import { authKeys } from '@ultrarslanoglu/api-client/queries/auth';
import { unreadQuery } from '@ultrarslanoglu/api-client/queries/notifications';
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale } from 'next-intl/server';
import { headers } from 'next/headers';
import { AppShell } from '@/components/shell/app-shell';
import { ConnectionBanner } from '@/components/shell/connection-banner';
import { QueryProvider } from '@/components/shell/query-provider';
import { Shortcuts } from '@/components/shell/shortcuts';
import { Theme } from '@/components/shell/theme';
import { AccountMenu } from '@/features/auth/account-menu';
import { SessionKeeper } from '@/features/auth/session-keeper';
import { SessionRecovery } from '@/features/auth/session-recovery';
import { VerifyBanner } from '@/features/auth/verify-banner';
import { LiveJobs } from '@/features/jobs/live-jobs';
import { NotificationBell } from '@/features/notifications/bell';
import { LiveNotifications } from '@/features/notifications/live-notifications';
import { PushKeeper } from '@/features/notifications/push-keeper';
import { LiveProjects } from '@/features/projects/live-projects';
import { StepUpDialog } from '@/features/step-up/step-up-dialog';
import { LeaveGuard } from '@/features/uploads/leave-guard';
import { PageDrop } from '@/features/uploads/page-drop';
import { UploadStatus } from '@/features/uploads/upload-status';
import { LiveVideos } from '@/features/videos/live-videos';
import { LiveWorkspace } from '@/features/workspace/live-workspace';
import { SecondFactorGate } from '@/features/workspace/second-factor-gate';
import { WorkspaceSwitcher } from '@/features/workspace/switcher';
import { redirect } from '@/i18n/navigation';
import { LiveProvider } from '@/lib/live/live-provider';
import { currentPerson, hasRefreshCookie, serverApi } from '@/lib/server-api';

/** Nothing below is rendered before the gateway has said who is asking. */
export default async function AppLayout({ children }: LayoutProps<'/[locale]'>) {
  const [me, locale, nonce] = [await currentPerson(), await getLocale(), (await headers()).get('x-nonce')];
  if (!me) {
    if (!(await hasRefreshCookie())) redirect({ href: '/login', locale });
    return (
      <NextIntlClientProvider>
        <Theme nonce={nonce ?? undefined}>
          <QueryProvider>
            <SessionRecovery />
          </QueryProvider>
        </Theme>
      </NextIntlClientProvider>
    );
  }
  const client = new QueryClient();
  client.setQueryData(authKeys.me, me);
  if (!me.lacks_second_factor) await client.prefetchQuery(unreadQuery(await serverApi()));
  return (
    <NextIntlClientProvider>
      <Theme nonce={nonce ?? undefined} defaultTheme={me.user.theme}>
        <QueryProvider>
          <HydrationBoundary state={dehydrate(client)}>
            <SessionKeeper owner={`${me.user.id}.${me.workspace.id}`} />
            <LeaveGuard />
            <PageDrop />
            <Shortcuts />
            <StepUpDialog />
            <LiveProvider>
              <LiveVideos />
              <LiveJobs />
              <LiveNotifications />
              <LiveProjects />
              <LiveWorkspace me={me} />
              <PushKeeper userId={me.user.id} sessionId={me.session_id} />
              <AppShell
                workspace={<WorkspaceSwitcher me={me} />}
                smallWorkspace={<WorkspaceSwitcher me={me} isSmall />}
                account={<AccountMenu user={me.user} />}
                bell={<NotificationBell />}
                smallAccount={<AccountMenu user={me.user} isSmall />}
                smallBell={<NotificationBell isSmall />}
                status={<UploadStatus />}
                banner={
                  <>
                    <VerifyBanner />
                    <ConnectionBanner />
                  </>
                }
              >
                <SecondFactorGate me={me}>{children}</SecondFactorGate>
              </AppShell>
            </LiveProvider>
          </HydrationBoundary>
        </QueryProvider>
      </Theme>
    </NextIntlClientProvider>
  );
}
