/** What can be said about a new password without asking the gateway, and how to say what the gateway says. */
import { ApiError } from '@ultrarslanoglu/api-client/errors';

export type NewPasswordFault = 'passwordShort' | 'passwordLong';

/** As the gateway has them; it checks everything again. */
const shortest = 8;
const longest = 128;

/** Counted as the gateway counts: characters, not UTF-16 units. */
export function checkNewPassword(password: string): NewPasswordFault | null {
  const length = [...password].length;
  if (length < shortest) return 'passwordShort';
  return length > longest ? 'passwordLong' : null;
}

/** The gateway refuses what everybody would try first, and says so about the password as a whole. */
export const isBreachRefusal = (error: unknown) =>
  error instanceof ApiError && error.code === 'password_breached';

export type Strength = 0 | 1 | 2 | 3;

/** How far somebody would have to guess: length counts, repeating and counting on do not. There are no rules about kinds of characters, so none are looked for. */
export function strengthOf(password: string): Strength {
  const codes = [...password].map((character) => character.codePointAt(0) ?? 0);
  if (codes.length < shortest) return 0;
  const surprises = codes.filter((code, at) => {
    const step = code - (codes[at - 1] ?? Number.NaN);
    return !(step === 0 || (Math.abs(step) === 1 && step === (codes[at - 1] ?? 0) - (codes[at - 2] ?? 0)));
  }).length;
  const weight = surprises * Math.min(1, new Set(codes).size / 8);
  if (weight < 10) return 1;
  return weight < 15 ? 2 : 3;
}
