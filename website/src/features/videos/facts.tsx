'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { useFormatter, useTranslations } from 'next-intl';
import { SectionHeading } from '@/components/ui/section-heading';
import { useReadable } from '@/lib/use-readable';

interface Fact {
  name: string;
  value: string;
  note?: string | undefined;
}

export function Facts({ video }: { video: VideoRead }) {
  const t = useTranslations('Video.facts');
  const facts = useFacts(video);
  return (
    <section aria-labelledby="facts">
      <SectionHeading id="facts">{t('heading')}</SectionHeading>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-card border bg-border md:grid-cols-4">
        {facts.map(({ name, value, note }) => (
          <div key={name} className="bg-surface p-4">
            <dt className="text-sm text-muted">{name}</dt>
            <dd className="mt-1 font-semibold break-words tabular-nums">
              {value}
              {note && <span className="block text-sm font-normal text-muted">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Only what is known: an unknown value is a dash, never a zero. */
function useFacts(video: VideoRead): Fact[] {
  const t = useTranslations('Video.facts');
  const format = useFormatter();
  const readable = useReadable();
  const unknown = '–';
  const { result } = video;
  const size = (width: number | null, height: number | null) =>
    width && height ? `${width} × ${height}` : unknown;
  const loudness = (value: number | null) => (value === null ? unknown : readable.level(value, 'LUFS'));

  const facts: Fact[] = [
    { name: t('duration'), value: video.duration === null ? unknown : readable.clock(video.duration) },
    {
      name: t('picture'),
      value: size(video.width, video.height),
      note: result ? t('resultIs', { value: size(result.width, result.height) }) : undefined,
    },
    {
      name: t('fps'),
      value: video.fps === null ? unknown : format.number(video.fps, { maximumFractionDigits: 2 }),
    },
    {
      name: t('size'),
      value: readable.bytes(video.size),
      note: result ? t('resultIs', { value: readable.bytes(result.size) }) : undefined,
    },
  ];
  if (result) {
    facts.push(
      { name: t('bitrate'), value: readable.bitrate(result.bitrate) },
      {
        name: t('loudness'),
        value: video.has_audio === false ? t('silent') : loudness(result.loudness),
        note:
          result.loudness_before === null
            ? undefined
            : t('before', { value: loudness(result.loudness_before) }),
      },
      {
        name: t('truePeak'),
        value: result.true_peak === null ? unknown : readable.level(result.true_peak, 'dBTP'),
      },
      { name: t('scenes'), value: format.number(result.scenes) },
    );
  }
  return facts;
}
