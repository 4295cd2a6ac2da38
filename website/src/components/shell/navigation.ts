import { Clapperboard, LayoutDashboard, Settings, Upload } from 'lucide-react';

/** The places of the app, in the order of both menus. */
export const places = [
  { href: '/dashboard', name: 'dashboard', icon: LayoutDashboard },
  { href: '/videos', name: 'videos', icon: Clapperboard },
  { href: '/videos/upload', name: 'upload', icon: Upload },
  { href: '/settings', name: 'settings', icon: Settings },
] as const;

/** The place that a path belongs to: the longest that it starts with. */
export function activePlace(path: string): string | undefined {
  const fitting = places.filter(({ href }) => path === href || path.startsWith(`${href}/`));
  return fitting.sort((a, b) => b.href.length - a.href.length)[0]?.href;
}
