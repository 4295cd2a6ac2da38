'use client';
import { useTranslations } from 'next-intl';
import { useKinds } from './use-kinds';

/** Which news an endpoint is told; none chosen stands for all. */
export function KindChoice({ chosen }: { chosen: readonly string[] }) {
  const t = useTranslations('Webhooks.form');
  const kinds = useKinds().filter((kind) => kind.for_endpoints);
  return (
    <fieldset aria-describedby="kinds-hint">
      <legend className="text-sm font-medium">{t('kinds')}</legend>
      <div className="mt-2 grid grid-cols-2 gap-x-4">
        {kinds.map(({ kind, title }) => (
          <label key={kind} className="flex min-h-10 cursor-pointer items-center gap-3 text-sm">
            <input
              type="checkbox"
              name="kinds"
              value={kind}
              defaultChecked={chosen.includes(kind)}
              className="size-4.5 shrink-0 accent-primary"
            />
            {title}
          </label>
        ))}
      </div>
      <p id="kinds-hint" className="mt-1 text-sm text-muted">
        {t('kindsHint')}
      </p>
    </fieldset>
  );
}
