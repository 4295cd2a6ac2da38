import type { Provider } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { Alert } from '@/components/ui/alert';
import { providerNames } from '@/lib/providers';

interface Props {
  /** The code of what went wrong on the way back from Google or GitHub; anybody may write anything there. */
  error?: string | null;
  provider: Provider | null;
  /** Their address has an account here, to which that one can be linked. */
  isLinking?: boolean;
}

const known = [
  'sign_in_cancelled',
  'sign_in_expired',
  'provider_answer_refused',
  'provider_unavailable',
  'provider_not_set_up',
  'provider_email_unverified',
  'own_email_unverified',
  'identity_taken',
  'address_taken',
  'link_not_yours',
  'account_disabled',
  'too_many',
] as const;

/** What those are told who come back from Google or GitHub without being in. */
export function ArrivalNotice({ error, provider, isLinking }: Props) {
  const t = useTranslations('Auth.arrival');
  const name = provider ? providerNames[provider] : t('somewhere');
  if (error) {
    const code = known.find((each) => each === error) ?? 'other';
    const isOwnWish = code === 'sign_in_cancelled';
    return <Alert tone={isOwnWish ? 'warning' : 'danger'}>{t(`errors.${code}`, { provider: name })}</Alert>;
  }
  if (!isLinking) return null;
  return (
    <Alert tone="warning" title={t('link.title')}>
      {t('link.text', { provider: name })}
    </Alert>
  );
}
