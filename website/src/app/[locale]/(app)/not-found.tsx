import { NotFound } from '@/components/shell/not-found';

/** Inside the app, so that the menu stays. */
export default function NotFoundInApp() {
  return <NotFound home="/dashboard" />;
}
