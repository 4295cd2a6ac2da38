'use client';
import type { UserRead } from '@ultrarslanoglu/api-client';
import { useLocale, useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';
import { toast } from 'sonner';
import { ChoiceGroup } from '@/components/ui/choice-group';
import { usePathname, useRouter } from '@/i18n/navigation';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useIsMounted } from '@/lib/use-is-mounted';
import { SingleKeys } from './single-keys';
import { useUpdateMe } from './use-update-me';

/** All takes effect at once. Language and theme are remembered with the account, for the next device. */
export function Appearance() {
  const t = useTranslations('Settings.appearance');
  const locale = useLocale();
  const router = useRouter();
  const path = usePathname();
  const sentence = useErrorSentence();
  const { theme, setTheme } = useTheme();
  const update = useUpdateMe();
  // The stored theme is known in the browser only.
  const isMounted = useIsMounted();
  const onError = (error: Error) => void toast.error(sentence(error));

  return (
    <div className="grid gap-6">
      <ChoiceGroup<UserRead['locale']>
        legend={t('language')}
        value={locale}
        choices={[
          { value: 'tr', label: 'Türkçe', lang: 'tr' },
          { value: 'en', label: 'English', lang: 'en' },
        ]}
        onChange={(next) => {
          update.mutate({ locale: next }, { onError });
          router.replace(path, { locale: next });
        }}
      />
      <ChoiceGroup<UserRead['theme']>
        legend={t('theme')}
        value={isMounted ? (theme as UserRead['theme'] | undefined) : undefined}
        choices={[
          { value: 'system', label: t('themes.system') },
          { value: 'light', label: t('themes.light') },
          { value: 'dark', label: t('themes.dark') },
        ]}
        onChange={(next) => {
          setTheme(next);
          update.mutate({ theme: next }, { onError });
        }}
      />
      <SingleKeys />
    </div>
  );
}
