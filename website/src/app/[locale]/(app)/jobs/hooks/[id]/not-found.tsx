import { HookGone } from '@/features/hooks/hook-gone';

export default function HookNotFound() {
  return <HookGone />;
}
