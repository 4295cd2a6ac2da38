'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { useRouter } from '@/i18n/navigation';
import { areSingleKeysOn, useSingleKeys } from '@/lib/single-keys';
import { places, useMenu } from './navigation';
import { destinations, isTyping } from './shortcut-keys';

const groups = [
  {
    name: 'everywhere',
    items: [
      'help',
      'dashboard',
      'videos',
      'upload',
      'projects',
      'jobs',
      'notifications',
      'settings',
      'search',
    ],
  },
  { name: 'player', items: ['play', 'seek', 'volume', 'mute', 'fullscreen', 'scene'] },
] as const;

/** Keys that work on every page of the app, and the dialog that lists all keys. */
export function Shortcuts() {
  const t = useTranslations('Shortcuts');
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const lastG = useRef(0);
  const hasSingleKeys = useSingleKeys();
  const menu = useMenu();
  const closed = places.filter((place) => !menu.includes(place));
  const isOfUse = (item: string) => closed.every(({ name }) => name !== item);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!areSingleKeysOn() || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const isAfterG = event.timeStamp - lastG.current < 1_200;
    const destination = isAfterG ? destinations[event.key.toLowerCase()] : undefined;
    lastG.current = event.key.toLowerCase() === 'g' ? event.timeStamp : 0;
    if (closed.some(({ href }) => href === destination)) return;
    if (destination) router.push(destination);
    else if (event.key === '?') setOpen(true);
    else if (event.key === '/') focusSearch(event, () => router.push('/videos'));
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  useEffect(() => {
    const onOpen = () => setOpen(true);
    window.addEventListener('ultra:shortcuts', onOpen);
    return () => window.removeEventListener('ultra:shortcuts', onOpen);
  }, []);

  return (
    <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={t('title')}>
      <div className="grid gap-6">
        {groups.map(({ name, items }) => (
          <section key={name}>
            <h3 className="mb-2 text-sm font-medium text-muted">{t(`groups.${name}`)}</h3>
            <dl className="grid gap-2">
              {items.filter(isOfUse).map((item) => (
                <div key={item} className="flex items-center justify-between gap-4 text-sm">
                  <dt>{t(`${item}.does`)}</dt>
                  <dd className="flex shrink-0 gap-1">
                    {t(`${item}.keys`)
                      .split(' ')
                      .map((key) => (
                        <kbd
                          key={key}
                          className="min-w-7 rounded-md border bg-raised px-2 py-1 text-center font-sans text-xs font-medium"
                        >
                          {key}
                        </kbd>
                      ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <p className="text-sm leading-relaxed text-muted">{t(hasSingleKeys ? 'canBeOff' : 'areOff')}</p>
      </div>
    </Dialog>
  );
}

function focusSearch(event: KeyboardEvent, goToSearch: () => void) {
  event.preventDefault();
  const search = document.querySelector<HTMLInputElement>('input[type=search]');
  if (search) search.focus();
  else goToSearch();
}
