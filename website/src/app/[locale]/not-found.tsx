import { NotFound } from '@/components/shell/not-found';

export default function NotFoundPage() {
  return (
    <main id="main" className="p-6">
      <NotFound home="/" />
    </main>
  );
}
