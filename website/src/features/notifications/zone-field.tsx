'use client';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { useIsMounted } from '@/lib/use-is-mounted';
import { groupZones, isRegion, placeOf } from './zones';

interface Props {
  zone: string;
  onChange: (zone: string) => void;
}

export function ZoneField({ zone, onChange }: Props) {
  const t = useTranslations('Notifications.zone');
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  // The browser's list and zone may differ from the server's.
  const isMounted = useIsMounted();
  const here = isMounted ? Intl.DateTimeFormat().resolvedOptions().timeZone : zone;
  const groups = groupZones(isMounted ? [...Intl.supportedValuesOf('timeZone'), zone] : [zone]);
  const time = format.dateTime(now, { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  return (
    <div className="grid grid-cols-1 gap-2 sm:max-w-sm">
      <SelectField
        label={t('label')}
        value={zone}
        hint={t('now', { time })}
        onChange={(event) => onChange(event.target.value)}
      >
        {groups.map(([region, zones]) => (
          <optgroup key={region} label={isRegion(region) ? t(`regions.${region}`) : region}>
            {zones.map((name) => (
              <option key={name} value={name}>
                {placeOf(name)}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectField>
      {here !== zone && (
        <Button variant="outline" size="sm" className="justify-self-start" onClick={() => onChange(here)}>
          {t('useThis', { zone: placeOf(here) })}
        </Button>
      )}
    </div>
  );
}
