import { getTranslations } from 'next-intl/server';
import { TabLinks } from '@/components/ui/tab-links';

export default async function SettingsLayout({ children }: LayoutProps<'/[locale]/settings'>) {
  const t = await getTranslations('Settings');
  return (
    <div className="mx-auto grid w-full max-w-5xl grid-cols-1 gap-6 lg:gap-8">
      <h1 className="font-display text-3xl leading-snug font-semibold">{t('title')}</h1>
      <TabLinks
        label={t('tabs.label')}
        tabs={[
          { href: '/settings', name: t('tabs.account') },
          { href: '/settings/security', name: t('tabs.security') },
          { href: '/settings/notifications', name: t('tabs.notifications') },
          { href: '/settings/webhooks', name: t('tabs.webhooks'), needs: 'webhooks:write' },
          { href: '/settings/workspace', name: t('tabs.workspace') },
          { href: '/settings/connections', name: t('tabs.connections') },
          { href: '/settings/audit', name: t('tabs.audit'), needs: 'audit:read' },
          { href: '/settings/people', name: t('tabs.people'), needs: 'operate' },
        ]}
      />
      {children}
    </div>
  );
}
