'use client';
import { DropdownMenu } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

export const Menu = DropdownMenu.Root;
export const MenuTrigger = DropdownMenu.Trigger;

export const MenuContent = ({ className, ...props }: ComponentProps<typeof DropdownMenu.Content>) => (
  <DropdownMenu.Portal>
    <DropdownMenu.Content
      align="end"
      sideOffset={6}
      collisionPadding={12}
      className={cn(
        'z-50 min-w-52 rounded-xl border bg-surface p-1.5 shadow-xl shadow-black/20 data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-95',
        className,
      )}
      {...props}
    />
  </DropdownMenu.Portal>
);

export const MenuItem = ({
  className,
  isDanger,
  ...props
}: ComponentProps<typeof DropdownMenu.Item> & { isDanger?: boolean }) => (
  <DropdownMenu.Item
    className={cn(
      'flex min-h-10 cursor-pointer items-center gap-3 rounded-lg px-3 py-2 text-sm outline-none data-disabled:cursor-default data-disabled:opacity-50 data-highlighted:bg-raised [&_svg]:size-4 [&_svg]:shrink-0',
      isDanger ? 'text-danger' : 'text-fg [&_svg]:text-muted',
      className,
    )}
    {...props}
  />
);

export const MenuSeparator = () => <DropdownMenu.Separator className="my-1.5 h-px bg-border" />;
