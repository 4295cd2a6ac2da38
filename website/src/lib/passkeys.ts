/** Making and using passkeys: the browser asks its person, and answers in the JSON that the gateway reads. */
import type { NewPasskeyCredential, PasskeyAssertion, PasskeyOptions } from '@ultrarslanoglu/api-client';

/** The person closed the browser's dialog, or let it wait for too long. */
export class PasskeyCancelled extends Error {
  override readonly name = 'PasskeyCancelled';
}

/** The browser has no passkey for this, or the device has one of this account already. */
export class PasskeyUnusable extends Error {
  override readonly name = 'PasskeyUnusable';
}

/** Browsers offer passkeys on secure origins only. */
export const arePasskeysSupported = () =>
  typeof window !== 'undefined' &&
  'PublicKeyCredential' in window &&
  'parseRequestOptionsFromJSON' in PublicKeyCredential &&
  'parseCreationOptionsFromJSON' in PublicKeyCredential;

/** Whether the browser can offer passkeys where it offers stored passwords. */
export const canOfferInForms = async () =>
  arePasskeysSupported() &&
  'isConditionalMediationAvailable' in PublicKeyCredential &&
  PublicKeyCredential.isConditionalMediationAvailable();

export async function makePasskey({ options }: PasskeyOptions): Promise<NewPasskeyCredential> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  return answerOf(navigator.credentials.create({ publicKey }));
}

interface Asking {
  /** Offers the passkeys in the form's own list, and waits there until one is chosen. */
  isInForm?: boolean;
  signal?: AbortSignal;
}

export async function askForPasskey(
  { options }: PasskeyOptions,
  { isInForm, signal }: Asking = {},
): Promise<PasskeyAssertion> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as unknown as PublicKeyCredentialRequestOptionsJSON,
  );
  return answerOf(
    navigator.credentials.get({
      publicKey,
      ...(isInForm ? { mediation: 'conditional' as const } : {}),
      ...(signal ? { signal } : {}),
    }),
  );
}

async function answerOf<Answer>(asking: Promise<Credential | null>): Promise<Answer> {
  try {
    return ((await asking) as PublicKeyCredential).toJSON() as Answer;
  } catch (error) {
    // The names are the standard's; NotAllowedError also stands for a time that ran out.
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError' || name === 'AbortError') throw new PasskeyCancelled();
    throw new PasskeyUnusable(name, { cause: error });
  }
}
