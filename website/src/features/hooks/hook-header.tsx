'use client';
import type { HookRead, HookWithSecret, OfferFieldRead } from '@ultrarslanoglu/api-client';
import { KeyRound, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { BackLink } from '@/components/ui/back-link';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { NameHeading } from '@/components/ui/name-heading';
import { RoleNeeded } from '@/components/ui/role-needed';
import { Switch } from '@/components/ui/switch';
import { useRouter } from '@/i18n/navigation';
import { cn } from '@/lib/cn';
import { useMay } from '@/lib/use-may';
import { HookDialog } from './hook-dialog';
import { SecretPanel } from './secret-panel';
import { useHookActions } from './use-hook-actions';

interface Props {
  hook: HookRead;
  fields: readonly OfferFieldRead[];
  /** The job that it starts, by its title. */
  starts: string;
}

export function HookHeader({ hook, fields, starts }: Props) {
  const t = useTranslations('Hooks');
  const may = useMay('webhooks:write');
  return (
    <header className="grid gap-3">
      <BackLink href="/jobs/hooks">{t('back')}</BackLink>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-80">
          <NameHeading>{hook.name}</NameHeading>
          <p className="mt-1 text-sm text-muted">
            {t('starts')}: {starts} · {t('signature')}: {t(`signatures.${hook.signature}`)}
          </p>
          {may ? <EnabledSwitch hook={hook} /> : <Standing isEnabled={hook.is_enabled} />}
        </div>
        {may && <Actions hook={hook} fields={fields} />}
      </div>
      {!may && <RoleNeeded>{t('whyNot')}</RoleNeeded>}
    </header>
  );
}

function EnabledSwitch({ hook }: { hook: HookRead }) {
  const t = useTranslations('Hooks');
  const { setEnabled } = useHookActions(hook);
  return (
    <label className="mt-3 inline-flex cursor-pointer items-center gap-3 text-sm">
      <Switch
        checked={hook.is_enabled}
        disabled={setEnabled.isPending}
        onChange={() => setEnabled.mutate(!hook.is_enabled)}
      />
      {t('toggleShort')}
    </label>
  );
}

function Standing({ isEnabled }: { isEnabled: boolean }) {
  const t = useTranslations('Hooks');
  return (
    <p className={cn('mt-2 text-sm font-medium', isEnabled ? 'text-success' : 'text-warning')}>
      {isEnabled ? t('accepting') : t('refusing')}
    </p>
  );
}

function Actions({ hook, fields }: Pick<Props, 'hook' | 'fields'>) {
  const t = useTranslations('Hooks');
  const router = useRouter();
  const { rotate, remove } = useHookActions(hook);
  const [asked, setAsked] = useState<'edit' | 'rotate' | 'delete' | null>(null);
  const [renewed, setRenewed] = useState<HookWithSecret | null>(null);
  const close = () => setAsked(null);
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="outline" onClick={() => setAsked('edit')}>
        <Pencil aria-hidden />
        {t('edit')}
      </Button>
      <Button variant="outline" onClick={() => setAsked('rotate')}>
        <KeyRound aria-hidden />
        {t('rotate')}
      </Button>
      <Button variant="danger" onClick={() => setAsked('delete')}>
        <Trash2 aria-hidden />
        {t('delete')}
      </Button>
      <HookDialog hook={hook} isOpen={asked === 'edit'} onClose={close} />
      <ConfirmDialog
        isOpen={asked === 'rotate'}
        onClose={close}
        title={t('rotateTitle')}
        confirm={t('rotate')}
        isBusy={rotate.isPending}
        onConfirm={() => rotate.mutate(undefined, { onSuccess: setRenewed, onSettled: close })}
      >
        {t('rotateText')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 'delete'}
        onClose={close}
        title={t('deleteTitle', { name: hook.name })}
        confirm={t('delete')}
        isDanger
        isBusy={remove.isPending}
        onConfirm={() =>
          remove.mutate(undefined, { onSuccess: () => router.push('/jobs/hooks'), onSettled: close })
        }
      >
        {t('deleteText')}
      </ConfirmDialog>
      <Dialog isOpen={renewed !== null} onClose={() => setRenewed(null)} title={t('secret.title')} isLasting>
        {renewed && <SecretPanel hook={renewed} fields={fields} onDone={() => setRenewed(null)} />}
      </Dialog>
    </div>
  );
}
