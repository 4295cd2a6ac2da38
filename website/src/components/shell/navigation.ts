import { Clapperboard, FolderKanban, LayoutDashboard, ListChecks, Settings, Upload } from 'lucide-react';
import { activePath } from '@/lib/active-path';
import { useOpenPlaces } from '@/lib/use-may';

/** The places of the app, in the order of both menus. */
export const places = [
  { href: '/dashboard', name: 'dashboard', icon: LayoutDashboard },
  { href: '/videos', name: 'videos', icon: Clapperboard },
  { href: '/videos/upload', name: 'upload', icon: Upload, needs: 'video:write' },
  { href: '/projects', name: 'projects', icon: FolderKanban },
  { href: '/jobs', name: 'jobs', icon: ListChecks },
  { href: '/settings', name: 'settings', icon: Settings },
] as const;

/** Without those that this person's role has no use for. */
export const useMenu = () => useOpenPlaces(places);

export const activePlace = (path: string) => activePath(places, path);
