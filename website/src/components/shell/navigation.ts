import { Clapperboard, FolderKanban, LayoutDashboard, ListChecks, Settings, Upload } from 'lucide-react';
import { activePath } from '@/lib/active-path';

/** The places of the app, in the order of both menus. */
export const places = [
  { href: '/dashboard', name: 'dashboard', icon: LayoutDashboard },
  { href: '/videos', name: 'videos', icon: Clapperboard },
  { href: '/videos/upload', name: 'upload', icon: Upload },
  { href: '/projects', name: 'projects', icon: FolderKanban },
  { href: '/jobs', name: 'jobs', icon: ListChecks },
  { href: '/settings', name: 'settings', icon: Settings },
] as const;

export const activePlace = (path: string) => activePath(places, path);
