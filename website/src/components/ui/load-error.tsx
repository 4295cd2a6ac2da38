'use client';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { Alert } from './alert';
import { Button } from './button';

interface Props {
  error: unknown;
  onAgain: () => void;
}

/** Why something could not be read, and the way to ask once more. */
export function LoadError({ error, onAgain }: Props) {
  const t = useTranslations('Common');
  const sentence = useErrorSentence();
  return (
    <Alert
      action={
        <Button size="sm" variant="outline" onClick={onAgain}>
          {t('again')}
        </Button>
      }
    >
      {sentence(error)}
    </Alert>
  );
}
