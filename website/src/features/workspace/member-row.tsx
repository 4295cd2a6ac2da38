'use client';
import type { MemberRead, Role } from '@ultrarslanoglu/api-client';
import { UserMinus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { NameTile } from '@/components/ui/name-tile';
import { RelativeTime } from '@/components/ui/relative-time';
import { RoleSelect } from './role-select';

interface Props {
  member: MemberRead;
  isLastOwner: boolean;
  isBusy: boolean;
  onRole: (role: Role) => void;
  onRemove: () => void;
}

export function MemberRow({ member, isLastOwner, isBusy, onRole, onRemove }: Props) {
  const t = useTranslations('Members');
  const locale = useLocale();
  const { name, email, role, is_self: isSelf } = member;
  const canChange = member.can_be_changed && !isLastOwner;
  return (
    <li
      data-row
      data-member={email}
      className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-3 py-4 first:pt-0 last:pb-0 sm:flex sm:gap-4"
    >
      <NameTile name={name} locale={locale} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          <span className="min-w-0 break-words">{name}</span>
          {isSelf && (
            <span className="rounded-full border px-2 py-0.5 text-xs font-normal text-muted">{t('you')}</span>
          )}
          {member.has_second_factor === false && (
            <span className="rounded-full border px-2 py-0.5 text-xs font-normal text-warning">
              {t('noSecondFactor')}
            </span>
          )}
        </p>
        <p className="truncate text-sm text-muted" title={email}>
          {email}
        </p>
        <p className="text-xs text-muted">
          {t.rich('joined', { time: () => <RelativeTime value={member.joined_at} /> })}
        </p>
      </div>
      {canChange ? (
        <div className="col-span-3 row-start-2 sm:w-40">
          <RoleSelect
            label={t('roleOf', { name })}
            isLabelHidden
            className="text-sm"
            value={role}
            disabled={isBusy}
            onChange={(event) => onRole(event.target.value as Role)}
          />
        </div>
      ) : (
        <span
          className="col-start-3 row-start-1 rounded-full border px-3 py-1 text-xs font-medium"
          title={isLastOwner ? t('lastOwner') : undefined}
        >
          {t(`roles.${role}`)}
        </span>
      )}
      {canChange && !isSelf && (
        <Button
          variant="ghost"
          size="icon"
          className="col-start-3 row-start-1 text-muted hover:text-danger"
          aria-label={t('removeNamed', { name })}
          title={t('remove')}
          onClick={onRemove}
        >
          <UserMinus aria-hidden />
        </Button>
      )}
    </li>
  );
}
