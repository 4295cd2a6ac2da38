import { Activity, Play, UploadCloud } from 'lucide-react';
import { useTranslations } from 'next-intl';

const steps = [
  { name: 'upload', icon: UploadCloud },
  { name: 'process', icon: Activity },
  { name: 'watch', icon: Play },
] as const;

export function Steps() {
  const t = useTranslations('Landing');
  return (
    <section className="mx-auto max-w-6xl px-4 py-20 sm:px-6 sm:py-28">
      <h2 className="text-center font-display text-3xl leading-snug font-semibold sm:text-4xl">
        {t('stepsTitle')}
      </h2>
      <ol className="mt-12 grid gap-10 sm:grid-cols-3 sm:gap-8">
        {steps.map(({ name, icon: Icon }, index) => (
          <li key={name} className="grid content-start justify-items-start gap-3">
            <span className="flex items-center gap-4">
              <span className="grid size-12 place-items-center rounded-2xl bg-accent text-accent-fg">
                <Icon aria-hidden className="size-5" />
              </span>
              <span aria-hidden className="font-display text-3xl font-semibold text-gold-ink tabular-nums">
                {index + 1}
              </span>
            </span>
            <h3 className="mt-1 text-xl font-semibold">{t(`steps.${name}.title`)}</h3>
            <p className="leading-relaxed text-muted">{t(`steps.${name}.text`)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
