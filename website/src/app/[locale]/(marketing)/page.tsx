import type { Locale } from 'next-intl';
import { setRequestLocale } from 'next-intl/server';
import { Features } from './features';
import { Hero } from './hero';
import { LandingHeader } from './landing-header';
import { SelfHosted } from './self-hosted';
import { Footer } from './footer';
import { Steps } from './steps';

/** Says so when a change would make it wait for a request. */
export const dynamic = 'error';

export default async function LandingPage({ params }: PageProps<'/[locale]'>) {
  setRequestLocale((await params).locale as Locale);
  return (
    <>
      <LandingHeader />
      <main id="main" tabIndex={-1} className="outline-none">
        <Hero />
        <Steps />
        <Features />
        <SelfHosted />
      </main>
      <Footer />
    </>
  );
}
