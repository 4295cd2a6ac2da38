/** What can be said about a form without asking the gateway. The gateway checks everything again. */
import type { NewPasswordFault } from '@/lib/new-password';

export type FieldFault = 'email' | NewPasswordFault | 'name' | 'required' | 'code';

export const checkEmail = (email: string): FieldFault | null =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? null : 'email';

export const checkRequired = (value: string): FieldFault | null => (value.trim() ? null : 'required');

/** Only the fields that have a fault. */
export function faultsOf<Name extends string>(
  checks: Record<Name, FieldFault | null>,
): Partial<Record<Name, FieldFault>> {
  return Object.fromEntries(Object.entries(checks).filter(([, fault]) => fault !== null)) as Partial<
    Record<Name, FieldFault>
  >;
}
