'use client';
import { factorsQuery } from '@ultrarslanoglu/api-client/queries/security';
import { useQuery } from '@tanstack/react-query';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { PasswordForm } from './password-form';

/** Whoever came by Google, GitHub or a passkey has no password yet and can choose a first one. */
export function PasswordSection() {
  const factors = useQuery(factorsQuery(api));
  if (!factors.data) {
    return (
      <NotLoaded query={factors}>
        <Skeleton className="h-56" />
      </NotLoaded>
    );
  }
  const { has_password } = factors.data;
  return <PasswordForm key={String(has_password)} isFirst={!has_password} />;
}
