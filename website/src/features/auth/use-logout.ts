'use client';
import { logout } from '@ultrarslanoglu/api-client/queries/auth';
import { useMutation } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { getPathname } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { tellOtherTabs } from '@/lib/session/channel';
import { forgetRenewal } from '@/lib/session/lifetime';

export function useLogout() {
  const locale = useLocale();
  return useMutation({
    mutationFn: () => logout(api),
    onSuccess: () => {
      forgetRenewal();
      tellOtherTabs('signed-out');
      window.location.assign(getPathname({ href: '/login', locale }));
    },
  });
}
