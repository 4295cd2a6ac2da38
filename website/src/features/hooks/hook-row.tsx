'use client';
import type { HookRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { RelativeTime } from '@/components/ui/relative-time';
import { Switch } from '@/components/ui/switch';
import { Link } from '@/i18n/navigation';
import { cn } from '@/lib/cn';
import { useMay } from '@/lib/use-may';
import { useHookActions } from './use-hook-actions';

interface Props {
  hook: HookRead;
  /** The job that it starts, by its title. */
  starts: string;
}

export function HookRow({ hook, starts }: Props) {
  const t = useTranslations('Hooks');
  const may = useMay('webhooks:write');
  const { setEnabled } = useHookActions(hook);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-3 p-5 sm:px-6">
      <div className={cn('min-w-0', !may && 'col-span-2')}>
        <h2 className="font-semibold break-words">
          <Link href={`/jobs/hooks/${hook.id}`} className="rounded hover:underline">
            {hook.name}
          </Link>
        </h2>
        <p className="mt-0.5 text-sm text-muted">
          {starts} · {t(`signatures.${hook.signature}`)}
        </p>
      </div>
      {may && (
        <Switch
          aria-label={t('toggle', { name: hook.name })}
          checked={hook.is_enabled}
          disabled={setEnabled.isPending}
          onChange={() => setEnabled.mutate(!hook.is_enabled)}
          className="mt-0.5"
        />
      )}
      <div className="col-span-2 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2 text-sm">
        <p className="min-w-0 truncate font-mono text-xs text-muted">{hook.url}</p>
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs whitespace-nowrap text-muted">
          {!hook.is_enabled && <span className="font-medium text-warning">{t('disabled')}</span>}
          <span className="text-success">{t('callsOk', { count: hook.calls_ok })}</span>
          {hook.calls_refused > 0 && (
            <span className="text-danger">{t('callsRefused', { count: hook.calls_refused })}</span>
          )}
          {hook.last_called_at ? (
            <span>
              {t('lastCalled')}: <RelativeTime value={hook.last_called_at} />
            </span>
          ) : (
            <span>{t('neverCalled')}</span>
          )}
        </p>
      </div>
    </div>
  );
}
