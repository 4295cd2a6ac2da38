import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { setSingleKeys } from '@/lib/single-keys';
import { answerAs, showPage } from '../../../tests/page';
import { Shortcuts } from './shortcuts';

const push = vi.hoisted(() => vi.fn());
vi.mock('next/navigation', async (load) => ({
  ...(await load<object>()),
  useRouter: () => ({ push }),
  usePathname: () => '/dashboard',
}));

beforeEach(() => {
  setSingleKeys(true);
  push.mockReset();
  answerAs(() => [200, { permissions: [] }]);
});

test('single keys open the list of shortcuts and lead to places', async () => {
  showPage(<Shortcuts />);
  await userEvent.keyboard('gv');
  expect(push).toHaveBeenCalledOnce();
  await userEvent.keyboard('?');
  expect(screen.getByRole('dialog')).toHaveTextContent(
    'Tek tuşlu kısayollar hesap ayarlarından kapatılabilir.',
  );
});

test('turned off they do nothing; the list still opens from the menu and says so', async () => {
  setSingleKeys(false);
  showPage(<Shortcuts />);
  await userEvent.keyboard('gv?/');
  expect(push).not.toHaveBeenCalled();
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  window.dispatchEvent(new Event('ultra:shortcuts'));
  expect(await screen.findByRole('dialog')).toHaveTextContent('Tek tuşlu kısayollar bu tarayıcıda kapalı');
});
