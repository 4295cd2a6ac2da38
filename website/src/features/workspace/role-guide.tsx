import { useTranslations } from 'next-intl';
import { roles } from './roles';

/** What each role may do, for whoever wants to choose one. */
export function RoleGuide() {
  const t = useTranslations('Members');
  return (
    <details className="rounded-lg border px-4 py-3 text-sm">
      <summary className="cursor-pointer rounded font-medium">{t('guide.title')}</summary>
      <dl className="mt-3 grid gap-3">
        {roles.map((role) => (
          <div key={role} className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[7rem_minmax(0,1fr)]">
            <dt className="font-medium">{t(`roles.${role}`)}</dt>
            <dd className="leading-relaxed text-muted">{t(`guide.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
