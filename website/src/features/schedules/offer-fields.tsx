'use client';
import type { OfferFieldRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import { VideoField } from './video-field';

/** A text that may be longer than this has several lines. */
const longText = 1_000;

interface Props {
  fields: readonly OfferFieldRead[];
  values: Readonly<Record<string, unknown>>;
  errorOf: (name: string) => string | undefined;
}

/** The fields that an offer asks for. */
export function OfferFields({ fields, values, errorOf }: Props) {
  const t = useTranslations('Schedules.form');
  return fields.map((field) => {
    const value = values[field.name];
    const common = {
      name: field.name,
      label: field.required ? field.label : `${field.label} (${t('optional')})`,
      required: field.required,
      defaultValue: typeof value === 'string' ? value : undefined,
      error: errorOf(field.name),
    };
    if (field.name === 'video_id') return <VideoField key={field.name} {...common} label={t('video')} />;
    const isLong = field.type === 'string' && (field.max_length ?? 0) > longText;
    if (isLong) return <TextArea key={field.name} {...common} />;
    return <TextField key={field.name} type={field.type === 'url' ? 'url' : 'text'} {...common} />;
  });
}
