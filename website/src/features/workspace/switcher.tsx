'use client';
import type { Me } from '@ultrarslanoglu/api-client';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { myWorkspacesQuery, switchWorkspace } from '@ultrarslanoglu/api-client/queries/workspaces';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Check, ChevronsUpDown, LoaderCircle, Plus, Settings2 } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { NameTile } from '@/components/ui/name-tile';
import { useRouter } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { cn } from '@/lib/cn';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { CreateWorkspace } from './create-workspace';
import { useEnter } from './use-enter';

interface Props {
  me: Me;
  /** Only the sign, for the phone's top bar. */
  isSmall?: boolean;
}

/** In which workspace one is; the menu leads to the others, to a new one, and to its settings. */
export function WorkspaceSwitcher({ me: initial, isSmall }: Props) {
  const t = useTranslations('Workspace.switcher');
  const roleName = useTranslations('Members.roles');
  const locale = useLocale();
  const router = useRouter();
  const sentence = useErrorSentence();
  const enter = useEnter();
  const [isCreating, setCreating] = useState(false);
  const { workspace, role } = useQuery({ ...meQuery(api), enabled: false }).data ?? initial;
  const mine = useQuery(myWorkspacesQuery(api)).data?.items.filter((each) => !each.removed_at);
  const change = useMutation({
    mutationFn: (id: string) => switchWorkspace(api, id),
    onSuccess: enter,
    onError: (error) => void toast.error(sentence(error)),
  });
  const isBusy = change.isPending || change.isSuccess;

  return (
    <>
      <Menu
        label={t('label', { name: workspace.name })}
        triggerClassName={cn(
          'flex items-center gap-3 rounded-lg text-left text-sm transition-colors hover:bg-raised',
          isSmall ? 'size-11 justify-center' : 'w-full border p-2',
        )}
        className={cn(
          'max-h-[min(30rem,calc(100dvh-8rem))] w-72 overflow-y-auto',
          isSmall ? 'top-16 right-3' : 'top-34 left-4',
        )}
        trigger={
          <>
            {isBusy ? (
              <span className={cn('grid place-items-center', isSmall ? 'size-8' : 'size-9')}>
                <LoaderCircle aria-hidden className="size-5 animate-spin" />
              </span>
            ) : (
              <NameTile
                shape="place"
                name={workspace.name}
                locale={locale}
                className={isSmall ? 'size-8' : undefined}
              />
            )}
            {!isSmall && (
              <>
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{workspace.name}</span>
                  <span className="block truncate text-xs text-muted">{roleName(role)}</span>
                </span>
                <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
              </>
            )}
          </>
        }
      >
        <p className="px-3 pt-1.5 pb-1 text-xs text-muted">{t('mine')}</p>
        {(mine ?? [{ ...workspace, role, members: null, is_current: true }]).map((each) => (
          <MenuItem key={each.id} onSelect={() => !each.is_current && change.mutate(each.id)}>
            <NameTile shape="place" name={each.name} locale={locale} className="size-8" />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{each.name}</span>
              <span className="block truncate text-xs text-muted">
                {roleName(each.role)}
                {each.members !== null && ` · ${t('members', { count: each.members })}`}
              </span>
            </span>
            {each.is_current && (
              <>
                <Check aria-hidden />
                <span className="sr-only">{t('current')}</span>
              </>
            )}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => setCreating(true)}>
          <Plus aria-hidden />
          {t('create')}
        </MenuItem>
        <MenuItem onSelect={() => router.push('/settings/workspace')}>
          <Settings2 aria-hidden />
          {t('settings')}
        </MenuItem>
      </Menu>
      <CreateWorkspace isOpen={isCreating} onClose={() => setCreating(false)} />
    </>
  );
}
