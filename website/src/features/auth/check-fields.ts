/** What can be said about a form without asking the gateway. The gateway checks everything again. */

export type FieldFault = 'email' | 'passwordShort' | 'passwordLong' | 'name' | 'required';

export const checkEmail = (email: string): FieldFault | null =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? null : 'email';

/** Counted as the gateway counts: characters, not UTF-16 units. */
export function checkNewPassword(password: string): FieldFault | null {
  const length = [...password].length;
  if (length < 8) return 'passwordShort';
  return length > 128 ? 'passwordLong' : null;
}

export const checkRequired = (value: string): FieldFault | null => (value.trim() ? null : 'required');

/** Only the fields that have a fault. */
export function faultsOf<Name extends string>(
  checks: Record<Name, FieldFault | null>,
): Partial<Record<Name, FieldFault>> {
  return Object.fromEntries(Object.entries(checks).filter(([, fault]) => fault !== null)) as Partial<
    Record<Name, FieldFault>
  >;
}
