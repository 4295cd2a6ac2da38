'use client';
import { useTranslations } from 'next-intl';
import { Switch } from '@/components/ui/switch';
import { setSingleKeys, useSingleKeys } from '@/lib/single-keys';

/** Single letters as shortcuts, on or off in this browser. */
export function SingleKeys() {
  const t = useTranslations('Settings.appearance');
  const isOn = useSingleKeys();
  return (
    <label className="flex items-start justify-between gap-4">
      <span className="min-w-0">
        <span className="block text-sm font-medium">{t('singleKeys')}</span>
        <span className="mt-0.5 block text-sm leading-relaxed text-muted">{t('singleKeysHint')}</span>
      </span>
      <Switch checked={isOn} onChange={() => setSingleKeys(!isOn)} />
    </label>
  );
}
