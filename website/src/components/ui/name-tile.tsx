import { cn } from '@/lib/cn';

interface Props {
  name: string;
  /** The page's language: "i" becomes "İ" in Turkish. */
  locale: string;
  /** People are round, places have corners. */
  shape?: 'person' | 'place';
  className?: string;
}

/** The first letter of a name, where there is no picture of it. */
export const NameTile = ({ name, locale, shape = 'person', className }: Props) => (
  <span
    aria-hidden
    className={cn(
      'grid size-9 shrink-0 place-items-center text-sm font-semibold',
      shape === 'person' ? 'rounded-full bg-raised text-fg' : 'rounded-lg bg-accent text-accent-fg',
      className,
    )}
  >
    {([...name.trim()][0] ?? '?').toLocaleUpperCase(locale)}
  </span>
);
