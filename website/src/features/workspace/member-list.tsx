'use client';
import type { MemberRead, Role } from '@ultrarslanoglu/api-client';
import { membersQuery } from '@ultrarslanoglu/api-client/queries/workspaces';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Loading } from '@/components/ui/loading';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { WhyNot } from '@/components/ui/why-not';
import { api } from '@/lib/api';
import { useFocusKeeper } from '@/lib/use-focus-keeper';
import { useMay } from '@/lib/use-may';
import { MemberRow } from './member-row';
import { RoleGuide } from './role-guide';
import { useWorkspaceActions } from './use-workspace-actions';

/** A change that is asked about first: it cannot be taken back by the person who makes it, or it hits hard. */
type Question = { kind: 'remove'; member: MemberRead } | { kind: 'role'; member: MemberRead; role: Role };

export function MemberList() {
  const t = useTranslations('Members');
  const members = useQuery(membersQuery(api));
  const may = useMay('members:write');
  const { setRole, remove } = useWorkspaceActions();
  const list = useFocusKeeper<HTMLUListElement>();
  const [question, setQuestion] = useState<Question | null>(null);
  const close = () => setQuestion(null);

  if (!members.data) {
    return (
      <NotLoaded query={members}>
        <Loading label={t('loading')}>
          <Skeleton className="h-32" />
        </Loading>
      </NotLoaded>
    );
  }
  const { items } = members.data;
  const owners = items.filter(({ role }) => role === 'owner').length;

  function choose(member: MemberRead, role: Role) {
    // To make somebody an owner, or oneself less than one was, cannot be taken back alone.
    if (role === 'owner' || member.is_self) setQuestion({ kind: 'role', member, role });
    else setRole.mutate({ id: member.user_id, role });
  }
  function confirm() {
    if (question?.kind === 'remove') {
      const { user_id: id, name } = question.member;
      remove.mutate({ id, name }, { onSettled: close });
    }
    if (question?.kind === 'role') {
      setRole.mutate({ id: question.member.user_id, role: question.role }, { onSettled: close });
    }
  }

  return (
    <div className="grid gap-4">
      <ul ref={list} className="divide-y">
        {items.map((member) => (
          <MemberRow
            key={member.user_id}
            member={member}
            isLastOwner={member.role === 'owner' && owners < 2}
            isBusy={setRole.isPending && setRole.variables.id === member.user_id}
            onRole={(role) => choose(member, role)}
            onRemove={() => setQuestion({ kind: 'remove', member })}
          />
        ))}
      </ul>
      {!may && <WhyNot>{t('whyNot')}</WhyNot>}
      <RoleGuide />
      <ConfirmDialog
        isOpen={question !== null}
        onClose={close}
        title={question ? t(`${question.kind}Ask.title`, { name: question.member.name }) : ''}
        confirm={question?.kind === 'remove' ? t('removeAsk.confirm') : t('roleAsk.confirm')}
        isDanger={question?.kind === 'remove'}
        isBusy={remove.isPending || setRole.isPending}
        onConfirm={confirm}
      >
        {question?.kind === 'remove' && t('removeAsk.text')}
        {question?.kind === 'role' &&
          (question.member.is_self
            ? t('roleAsk.self', { role: t(`roles.${question.role}`) })
            : t('roleAsk.owner'))}
      </ConfirmDialog>
    </div>
  );
}
