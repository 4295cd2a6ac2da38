'use client';
import type { ActivityRead } from '@ultrarslanoglu/api-client';
import { activityQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { useQuery } from '@tanstack/react-query';
import { Ban, Check, CircleAlert, RotateCw, Trash2, Undo2, Upload, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { SectionHeading } from '@/components/ui/section-heading';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';

const looks: Record<ActivityRead['kind'], { icon: LucideIcon; tone: string }> = {
  uploaded: { icon: Upload, tone: 'text-info' },
  completed: { icon: Check, tone: 'text-success' },
  failed: { icon: CircleAlert, tone: 'text-danger' },
  cancelled: { icon: Ban, tone: 'text-muted' },
  deleted: { icon: Trash2, tone: 'text-muted' },
  restored: { icon: Undo2, tone: 'text-info' },
  retried: { icon: RotateCw, tone: 'text-info' },
};

export function ActivityFeed() {
  const t = useTranslations('Dashboard');
  const items = useQuery(activityQuery(api)).data?.items ?? [];
  return (
    <section aria-labelledby="activity" className="min-w-0">
      <SectionHeading id="activity">{t('activity')}</SectionHeading>
      <Card className="p-0 sm:p-0">
        {items.length === 0 && <p className="p-5 text-sm text-muted">{t('noActivity')}</p>}
        <ol className="divide-y">
          {items.map((item) => (
            <ActivityRow key={item.id} item={item} />
          ))}
        </ol>
      </Card>
    </section>
  );
}

function ActivityRow({ item }: { item: ActivityRead }) {
  const t = useTranslations('Dashboard.activities');
  const { icon: Icon, tone } = looks[item.kind];
  const title = (chunks: React.ReactNode) =>
    item.kind === 'deleted' ? (
      <span className="font-medium">{chunks}</span>
    ) : (
      <Link href={`/videos/${item.video_id}`} className="rounded font-medium hover:underline">
        {chunks}
      </Link>
    );
  return (
    <li className="flex gap-3 p-4 text-sm">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <div className="min-w-0">
        <p className="leading-relaxed break-words">{t.rich(item.kind, { name: item.title, title })}</p>
        <RelativeTime value={item.created_at} className="text-xs text-muted" />
      </div>
    </li>
  );
}
