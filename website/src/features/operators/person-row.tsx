'use client';
import type { PersonRead } from '@ultrarslanoglu/api-client';
import { Ban, LogOut, MailPlus, RotateCcw } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ExactTime } from '@/components/ui/moment';
import { NameTile } from '@/components/ui/name-tile';
import { DisableDialog } from './disable-dialog';
import { PersonFacts } from './person-facts';
import { usePersonActions } from './use-person-actions';

interface Props {
  person: PersonRead;
  isSelf: boolean;
}

type Question = 'disable' | 'enable' | 'endSessions' | 'letter';

/** One person: who, how their account stands, and what can be done to it. */
export function PersonRow({ person, isSelf }: Props) {
  const t = useTranslations('People');
  const locale = useLocale();
  const [open, setOpen] = useState<Question | null>(null);
  const close = () => setOpen(null);
  const { disable, enable, endSessions, letter } = usePersonActions(person);
  const { name, email, disabled_at: closedAt } = person;
  const isClosed = closedAt !== null;

  return (
    <li data-person={email} className="grid grid-cols-1 gap-4 p-4 sm:px-5">
      <div className="flex items-start gap-3 sm:gap-4">
        <NameTile name={name} locale={locale} />
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
            <span className="min-w-0 break-words">{name}</span>
            {isSelf && <Mark>{t('you')}</Mark>}
            {person.is_operator && <Mark>{t('operator')}</Mark>}
            {isClosed && <Mark isDanger>{t('closed')}</Mark>}
          </p>
          <p className="truncate text-sm text-muted" title={email}>
            {email}
            {!person.is_email_verified && ` · ${t('unverified')}`}
          </p>
        </div>
      </div>
      <PersonFacts person={person} />
      {closedAt && (
        <p className="rounded-lg bg-raised px-4 py-3 text-sm leading-relaxed break-words">
          {t.rich('closedSince', { time: () => <ExactTime value={closedAt} isShort /> })}{' '}
          {person.disabled_reason}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {isClosed ? (
          <Button
            size="sm"
            variant="outline"
            aria-label={t('enable.of', { name })}
            onClick={() => setOpen('enable')}
          >
            <RotateCcw aria-hidden />
            {t('enable.action')}
          </Button>
        ) : (
          <>
            <Button
              size="sm"
              variant="outline"
              disabled={person.sessions === 0}
              aria-label={t('endSessions.of', { name })}
              onClick={() => setOpen('endSessions')}
            >
              <LogOut aria-hidden />
              {t('endSessions.action')}
            </Button>
            <Button
              size="sm"
              variant="outline"
              aria-label={t('letter.of', { name })}
              onClick={() => setOpen('letter')}
            >
              <MailPlus aria-hidden />
              {t('letter.action')}
            </Button>
            {!isSelf && (
              <Button
                size="sm"
                variant="danger"
                aria-label={t('disable.of', { name })}
                onClick={() => setOpen('disable')}
              >
                <Ban aria-hidden />
                {t('disable.action')}
              </Button>
            )}
          </>
        )}
      </div>
      <DisableDialog
        person={person}
        isOpen={open === 'disable'}
        onClose={close}
        isBusy={disable.isPending}
        refusal={disable.error}
        onReason={(reason) => disable.mutate(reason, { onSuccess: close })}
      />
      <ConfirmDialog
        isOpen={open === 'enable'}
        onClose={close}
        title={t('enable.title', { name })}
        confirm={t('enable.action')}
        isBusy={enable.isPending}
        onConfirm={() => enable.mutate(undefined, { onSettled: close })}
      >
        {t('enable.text')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={open === 'endSessions'}
        onClose={close}
        title={t('endSessions.title', { name })}
        confirm={t('endSessions.action')}
        isDanger
        isBusy={endSessions.isPending}
        onConfirm={() => endSessions.mutate(undefined, { onSettled: close })}
      >
        {t(isSelf ? 'endSessions.ownText' : 'endSessions.text', { count: person.sessions })}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={open === 'letter'}
        onClose={close}
        title={t('letter.title', { name })}
        confirm={t('letter.action')}
        isBusy={letter.isPending}
        onConfirm={() => letter.mutate(undefined, { onSettled: close })}
      >
        {t('letter.text', { email })}
      </ConfirmDialog>
    </li>
  );
}

const Mark = ({ isDanger, children }: { isDanger?: boolean; children: string }) => (
  <span
    className={
      isDanger
        ? 'rounded-full bg-danger-bg px-2 py-0.5 text-xs font-medium text-danger'
        : 'rounded-full border px-2 py-0.5 text-xs font-normal text-muted'
    }
  >
    {children}
  </span>
);
