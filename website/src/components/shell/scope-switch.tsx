'use client';
import type { View } from '@ultrarslanoglu/api-client';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { ChoiceGroup } from '@/components/ui/choice-group';
import { useIsOperator, useScope } from '@/lib/use-scope';

/** One's own workspace, or the whole installation; only operators have the choice. */
export function ScopeSwitch() {
  const t = useTranslations('Common.scope');
  const params = useSearchParams();
  const scope = useScope();
  if (!useIsOperator()) return null;

  function change(next: View) {
    const query = new URLSearchParams(params.toString());
    if (next === 'all') query.set('scope', 'all');
    else query.delete('scope');
    const text = query.toString();
    window.history.replaceState(null, '', text ? `?${text}` : window.location.pathname);
  }
  return (
    <ChoiceGroup<View>
      legend={t('label')}
      isLegendHidden
      value={scope}
      choices={[
        { value: 'own', label: t('own') },
        { value: 'all', label: t('all') },
      ]}
      onChange={change}
    />
  );
}
