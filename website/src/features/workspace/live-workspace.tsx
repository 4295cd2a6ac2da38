'use client';
import type { Me } from '@ultrarslanoglu/api-client';
import { authKeys, meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef } from 'react';
import { toast } from 'sonner';
import { useRouter } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { useLiveEvents } from '@/lib/live/live-provider';
import { useEnter } from './use-enter';

/** Follows what this person may do: a new role acts on the open page at once, a lost workspace leads out of it. */
export function LiveWorkspace({ me: initial }: { me: Me }) {
  const t = useTranslations('Workspace.live');
  const roleName = useTranslations('Members.roles');
  const client = useQueryClient();
  const router = useRouter();
  const enter = useEnter();
  const askAgain = () => void client.invalidateQueries({ queryKey: authKeys.me });
  useLiveEvents({ 'me.changed': askAgain }, askAgain);

  const me = useQuery(meQuery(api)).data ?? initial;
  const known = useRef(initial);
  const follow = useEffectEvent((now: Me) => {
    const before = known.current;
    known.current = now;
    if (now.workspace.id !== before.workspace.id) return enter();
    if (now.role === before.role) return;
    toast(t('roleChanged', { role: roleName(now.role) }), { duration: 10_000 });
    // Whatever was read with the old role may be more, or less, than there is to see now.
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'auth' });
    router.refresh();
  });
  useEffect(() => follow(me), [me]);
  return null;
}
