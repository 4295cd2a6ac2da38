import type { MemberRead } from '@ultrarslanoglu/api-client';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { answerAs, refusal, showPage } from '../../../tests/page';
import { TransferWorkspace } from './transfer-workspace';

test('a refusal is said in the dialog, which stays open', async () => {
  answerAs(() => refusal(409, 'Bu kişi artık üye değil.'));
  const onClose = vi.fn();
  const member = { user_id: 'u1', name: 'Ayşe', email: 'ayse@ornek.test' } as MemberRead;
  showPage(<TransferWorkspace isOpen onClose={onClose} candidates={[member]} />);
  const dialog = screen.getByRole('dialog');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Devret' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('Bu kişi artık üye değil.');
  // Nowhere else: behind the dialog nobody would hear it.
  expect(screen.getAllByText('Bu kişi artık üye değil.')).toHaveLength(1);
  expect(onClose).not.toHaveBeenCalled();
});
