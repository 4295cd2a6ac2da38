import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { PeopleScreen } from '@/features/operators/people-screen';
import { isOperator } from '@/lib/scope';
import { currentPerson } from '@/lib/server-api';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('People');
  return { title: t('title') };
}

/** For whoever looks after the installation; for others there is no such page. */
export default async function PeoplePage() {
  const me = await currentPerson();
  if (!me) return null;
  if (!isOperator(me)) notFound();
  return <PeopleScreen ownId={me.user.id} />;
}
