'use client';
import { logout } from '@ultrarslanoglu/api-client/queries/auth';
import { useMutation } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { getPathname } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { leavePush } from '@/lib/push/this-device';
import { tellOtherTabs } from '@/lib/session/channel';
import { forgetRenewal } from '@/lib/session/lifetime';
import { useErrorSentence } from '@/lib/use-error-sentence';

/** Signs out, and comes back to the invitation with another account. */
export function OtherAccount({ token }: { token: string }) {
  const t = useTranslations('Invitations');
  const locale = useLocale();
  const sentence = useErrorSentence();
  const leave = useMutation({
    mutationFn: async () => {
      await logout(api);
      await leavePush().catch(() => undefined);
    },
    onSuccess: () => {
      forgetRenewal();
      tellOtherTabs('signed-out');
      const next = getPathname({ href: `/invitations/${token}`, locale });
      window.location.assign(getPathname({ href: { pathname: '/login', query: { next } }, locale }));
    },
    onError: (error) => void toast.error(sentence(error)),
  });
  return (
    <Button
      variant="ghost"
      className="text-muted"
      isBusy={leave.isPending || leave.isSuccess}
      onClick={() => leave.mutate()}
    >
      {t('otherAccount')}
    </Button>
  );
}
