import { AudioLines, HardDrive, Keyboard, LifeBuoy, ScanSearch, Tv } from 'lucide-react';
import { useTranslations } from 'next-intl';

const features = [
  { name: 'scenes', icon: ScanSearch },
  { name: 'loudness', icon: AudioLines },
  { name: 'playback', icon: Tv },
  { name: 'resume', icon: LifeBuoy },
  { name: 'private', icon: HardDrive },
  { name: 'keyboard', icon: Keyboard },
] as const;

export function Features() {
  const t = useTranslations('Landing');
  return (
    <section className="border-y bg-surface">
      <div className="mx-auto max-w-6xl px-4 py-20 sm:px-6 sm:py-24">
        <h2 className="font-display text-3xl leading-snug font-semibold sm:text-4xl">{t('featuresTitle')}</h2>
        <p className="mt-2 max-w-2xl text-lg text-muted">{t('featuresLead')}</p>
        <ul className="mt-12 grid gap-x-10 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
          {features.map(({ name, icon: Icon }) => (
            <li key={name} className="flex gap-4">
              <Icon aria-hidden className="mt-0.5 size-6 shrink-0 text-gold-ink" />
              <div>
                <h3 className="font-semibold">{t(`features.${name}.title`)}</h3>
                <p className="mt-1 leading-relaxed text-muted">{t(`features.${name}.text`)}</p>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
