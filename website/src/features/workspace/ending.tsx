'use client';
import type { MemberRead } from '@ultrarslanoglu/api-client';
import { membersQuery } from '@ultrarslanoglu/api-client/queries/workspaces';
import { useQuery } from '@tanstack/react-query';
import { ArrowRightLeft, DoorOpen, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { WhyNot } from '@/components/ui/why-not';
import { api } from '@/lib/api';
import { useMay } from '@/lib/use-may';
import { DeleteWorkspace } from './delete-workspace';
import { TransferWorkspace } from './transfer-workspace';
import { useWorkspaceActions } from './use-workspace-actions';

type Question = 'leave' | 'transfer' | 'delete';

/** The ways out of a workspace: leaving it, giving it away, deleting it. */
export function Ending() {
  const t = useTranslations('Workspace.ending');
  const mayOwn = useMay('workspace:own');
  const members = useQuery(membersQuery(api)).data?.items ?? [];
  const [open, setOpen] = useState<Question | null>(null);
  const close = () => setOpen(null);
  const { leave } = useWorkspaceActions();
  const others = members.filter(({ is_self, role }) => !is_self && role !== 'owner');

  return (
    <>
      <div className="divide-y">
        <Way
          title={t('leave.title')}
          text={isLastOwner(members) ? t('leave.lastOwner') : t('leave.text')}
          action={
            <Button variant="outline" disabled={isLastOwner(members)} onClick={() => setOpen('leave')}>
              <DoorOpen aria-hidden />
              {t('leave.action')}
            </Button>
          }
        />
        {mayOwn ? (
          <>
            <Way
              title={t('transfer.title')}
              text={others.length === 0 ? t('transfer.nobody') : t('transfer.text')}
              action={
                <Button variant="outline" disabled={others.length === 0} onClick={() => setOpen('transfer')}>
                  <ArrowRightLeft aria-hidden />
                  {t('transfer.action')}
                </Button>
              }
            />
            <Way
              title={t('delete.title')}
              text={t('delete.text')}
              action={
                <Button variant="danger" onClick={() => setOpen('delete')}>
                  <Trash2 aria-hidden />
                  {t('delete.action')}
                </Button>
              }
            />
          </>
        ) : (
          <WhyNot className="pt-5">{t('ownersOnly')}</WhyNot>
        )}
      </div>
      <ConfirmDialog
        isOpen={open === 'leave'}
        onClose={close}
        title={t('leave.ask')}
        confirm={t('leave.action')}
        isDanger
        isBusy={leave.isPending || leave.isSuccess}
        onConfirm={() => leave.mutate(undefined, { onError: close })}
      >
        {t('leave.askText')}
      </ConfirmDialog>
      <TransferWorkspace isOpen={open === 'transfer'} onClose={close} candidates={others} />
      <DeleteWorkspace isOpen={open === 'delete'} onClose={close} />
    </>
  );
}

/** A workspace is never without an owner. */
function isLastOwner(members: readonly MemberRead[]): boolean {
  const owners = members.filter(({ role }) => role === 'owner');
  return owners.length === 1 && owners[0]?.is_self === true;
}

const Way = ({ title, text, action }: { title: string; text: string; action: ReactNode }) => (
  <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-5 first:pt-0 last:pb-0">
    <div className="min-w-0 flex-1 basis-64">
      <h3 className="font-medium">{title}</h3>
      <p className="mt-0.5 text-sm leading-relaxed text-muted">{text}</p>
    </div>
    {action}
  </div>
);
