'use client';
import { logout } from '@ultrarslanoglu/api-client/queries/auth';
import { useMutation } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { getPathname } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { leavePush } from '@/lib/push/this-device';
import { tellOtherTabs } from '@/lib/session/channel';
import { forgetRenewal } from '@/lib/session/lifetime';

export function useLogout() {
  const locale = useLocale();
  return useMutation({
    mutationFn: async () => {
      await logout(api);
      // Whoever sits here next must not read this person's news; a browser that cannot let go must not keep them in.
      await leavePush().catch(() => undefined);
    },
    onSuccess: () => {
      forgetRenewal();
      // Only while leaving: this page listens as well, and would ask to come back to itself.
      window.addEventListener('pagehide', () => tellOtherTabs('signed-out'), { once: true });
      window.location.assign(getPathname({ href: '/login', locale }));
    },
  });
}
