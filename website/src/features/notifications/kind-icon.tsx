import type { Kind } from '@ultrarslanoglu/api-client';
import {
  Bell,
  CircleAlert,
  CircleCheck,
  FileWarning,
  FlaskConical,
  Link2Off,
  ServerCrash,
  ShieldAlert,
  StickyNote,
  Unplug,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { cn } from '@/lib/cn';

const looks: Record<Kind, { icon: LucideIcon; tone: string }> = {
  'video.ready': { icon: CircleCheck, tone: 'text-success' },
  'video.failed': { icon: CircleAlert, tone: 'text-danger' },
  'job.dead': { icon: ServerCrash, tone: 'text-danger' },
  'webhook.disabled': { icon: Unplug, tone: 'text-warning' },
  'connection.lost': { icon: Link2Off, tone: 'text-warning' },
  'account.security': { icon: ShieldAlert, tone: 'text-warning' },
  'installation.audit': { icon: FileWarning, tone: 'text-danger' },
  note: { icon: StickyNote, tone: 'text-info' },
  test: { icon: FlaskConical, tone: 'text-gold-ink' },
};

export function KindIcon({ kind }: { kind: Kind }) {
  // A gateway that is newer than this page may know more kinds.
  const { icon: Icon, tone } = looks[kind] ?? { icon: Bell, tone: 'text-muted' };
  return (
    <span className={cn('grid size-9 shrink-0 place-items-center rounded-xl bg-raised', tone)}>
      <Icon aria-hidden className="size-4.5" />
    </span>
  );
}
