'use client';
import type { ChoiceRead, PersonalChannel } from '@ultrarslanoglu/api-client';
import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Switch } from '@/components/ui/switch';
import { withChannel } from './preferences-update';
import { WithPreferences } from './with-preferences';

const channels: readonly PersonalChannel[] = ['in_app', 'push', 'email'];
const columns = 'sm:grid sm:grid-cols-[minmax(0,1fr)_repeat(3,5.5rem)] sm:items-center sm:gap-x-2';

/** Which news comes by which channel. A table on wide screens; on a phone the switches of a kind stand below it, each with its name. */
export function KindMatrix() {
  const t = useTranslations('Notifications.preferences');
  return (
    <WithPreferences>
      {({ kinds }, save) => (
        <div>
          <div aria-hidden className={`hidden border-b pb-3 text-sm font-medium text-muted ${columns}`}>
            <span>{t('kind')}</span>
            {channels.map((channel) => (
              <span key={channel} className="text-center">
                {t(`channels.${channel}`)}
              </span>
            ))}
          </div>
          <div className="divide-y">
            {kinds.map((choice) => (
              <KindRow
                key={choice.kind}
                choice={choice}
                onChange={(channel, isOn) => save({ kinds: withChannel(kinds, choice.kind, channel, isOn) })}
              />
            ))}
          </div>
        </div>
      )}
    </WithPreferences>
  );
}

interface RowProps {
  choice: ChoiceRead;
  onChange: (channel: PersonalChannel, isOn: boolean) => void;
}

function KindRow({ choice, onChange }: RowProps) {
  const t = useTranslations('Notifications.preferences');
  const id = `kind-${choice.kind.replace('.', '-')}`;
  return (
    <div role="group" aria-labelledby={id} aria-describedby={`${id}-text`} className={`py-4 ${columns}`}>
      <div className="min-w-0 pr-2">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span id={id}>{choice.title}</span>
          {choice.is_urgent && (
            <span className="rounded-full border px-2 py-0.5 text-xs text-warning">{t('urgent')}</span>
          )}
        </p>
        <p id={`${id}-text`} className="mt-0.5 text-sm leading-relaxed text-muted">
          {choice.description}
        </p>
      </div>
      <div className="mt-2 grid grid-cols-3 gap-2 sm:contents">
        {channels.map((channel) =>
          choice.fixed.includes(channel) ? (
            <Fixed key={channel} channel={channel} isOn={choice[channel]} />
          ) : (
            <label
              key={channel}
              className="flex min-h-11 cursor-pointer flex-col items-center justify-center gap-1.5 text-xs text-muted sm:min-h-11"
            >
              <Switch
                aria-label={`${t(`channels.${channel}`)}: ${choice.title}`}
                checked={choice[channel]}
                onChange={(event) => onChange(channel, event.target.checked)}
              />
              <span aria-hidden className="sm:hidden">
                {t(`channels.${channel}`)}
              </span>
            </label>
          ),
        )}
      </div>
    </div>
  );
}

/** What nobody can switch: no switch, but the word for how it is. */
function Fixed({ channel, isOn }: { channel: PersonalChannel; isOn: boolean }) {
  const t = useTranslations('Notifications.preferences');
  return (
    <p className="flex min-h-11 flex-col items-center justify-center gap-1.5 text-center text-xs text-muted">
      <span className="sr-only">{t(`channels.${channel}`)}: </span>
      <span className="flex min-h-6 items-center gap-1">
        <Lock aria-hidden className="size-3.5 shrink-0" />
        {t(isOn ? 'fixed.on' : 'fixed.off')}
      </span>
      <span aria-hidden className="sm:hidden">
        {t(`channels.${channel}`)}
      </span>
    </p>
  );
}
