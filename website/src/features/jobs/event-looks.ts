import {
  Ban,
  Check,
  CircleAlert,
  CircleDashed,
  Clock,
  Hand,
  Hourglass,
  OctagonX,
  Pause,
  Play,
  Plus,
  RotateCw,
  Trash2,
  TriangleAlert,
  Turtle,
  Undo2,
  type LucideIcon,
} from 'lucide-react';

interface Look {
  icon: LucideIcon;
  className: string;
}

/** The sign of each event; the words stand beside it. */
export const eventLooks: Readonly<Record<string, Look>> = {
  created: { icon: Plus, className: 'text-muted' },
  queued: { icon: Clock, className: 'text-info' },
  started: { icon: Play, className: 'text-gold-ink' },
  retried: { icon: RotateCw, className: 'text-warning' },
  rate_limited: { icon: Turtle, className: 'text-warning' },
  postponed: { icon: Hourglass, className: 'text-info' },
  released: { icon: Undo2, className: 'text-info' },
  crashed: { icon: TriangleAlert, className: 'text-danger' },
  done: { icon: Check, className: 'text-success' },
  failed: { icon: CircleAlert, className: 'text-danger' },
  dead: { icon: OctagonX, className: 'text-danger' },
  cancelled: { icon: Ban, className: 'text-muted' },
  cancel_requested: { icon: Hand, className: 'text-warning' },
  paused: { icon: Pause, className: 'text-warning' },
  resumed: { icon: Play, className: 'text-info' },
  put_back: { icon: Undo2, className: 'text-info' },
  dropped: { icon: Trash2, className: 'text-muted' },
};

export const otherLook: Look = { icon: CircleDashed, className: 'text-muted' };
