import { notFound } from 'next/navigation';

/** Every address that no page has, so that the answer is ours and in the right language. */
export default function UnknownPage() {
  notFound();
}
