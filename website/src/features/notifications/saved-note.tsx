'use client';
import { Check, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';

interface Props {
  save: { isPending: boolean; isSuccess: boolean };
}

/** Says quietly that a change was kept, in the edge of the card, so that nothing jumps. */
export function SavedNote({ save }: Props) {
  const t = useTranslations('Notifications.preferences');
  return (
    <p
      role="status"
      className="absolute right-0 -bottom-4.5 flex items-center gap-1.5 text-xs text-muted [&_svg]:size-3.5"
    >
      {save.isPending && (
        <>
          <LoaderCircle aria-hidden className="animate-spin" /> {t('saving')}
        </>
      )}
      {!save.isPending && save.isSuccess && (
        <>
          <Check aria-hidden className="text-success" /> {t('saved')}
        </>
      )}
    </p>
  );
}
