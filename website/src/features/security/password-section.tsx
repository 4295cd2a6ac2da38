'use client';
import { factorsQuery } from '@ultrarslanoglu/api-client/queries/security';
import { useQuery } from '@tanstack/react-query';
import { Alert } from '@/components/ui/alert';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { PasswordForm } from './password-form';

/** Whoever came by Google, GitHub or a passkey has no password yet and can choose a first one. */
export function PasswordSection() {
  const sentence = useErrorSentence();
  const factors = useQuery(factorsQuery(api));
  if (factors.isError) return <Alert>{sentence(factors.error)}</Alert>;
  if (!factors.data) return <Skeleton className="h-56" />;
  const { has_password } = factors.data;
  return <PasswordForm key={String(has_password)} isFirst={!has_password} />;
}
