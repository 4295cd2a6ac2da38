import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { answerAs, refusal, showPage, type Answer } from '../../../tests/page';
import { InvitationPanel } from './invitation-panel';

const invitation = {
  workspace: 'Film Atölyesi',
  invited_by: 'Ayşe',
  role: 'editor',
  email: 'kerem@ornek.test',
  expires_at: '2036-11-01T10:00:00Z',
  requires_second_factor: false,
};
const away = refusal(502, 'Sunucuya ulaşılamıyor.', 'gateway_unreachable');

test('a server that is away is no word about the invitation, and it can be asked again', async () => {
  let answer: Answer = away;
  answerAs(() => answer);
  showPage(<InvitationPanel token="t" me={null} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Sunucuya ulaşılamıyor.');
  expect(screen.queryByText('Davet geçerli değil')).not.toBeInTheDocument();
  answer = [200, invitation];
  await userEvent.click(screen.getByRole('button', { name: 'Yeniden dene' }));
  expect(await screen.findByText('Film Atölyesi')).toBeVisible();
});

test('an invitation that is not there is not valid', async () => {
  answerAs(() => refusal(404, 'Bu davet artık geçerli değil.', 'invitation_not_found'));
  showPage(<InvitationPanel token="t" me={null} />);
  expect(await screen.findByRole('heading', { name: 'Davet geçerli değil' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Yeniden dene' })).not.toBeInTheDocument();
});

test('what was read stays when reading it again fails', async () => {
  let answer: Answer = [200, invitation];
  answerAs(() => answer);
  const client = showPage(<InvitationPanel token="t" me={null} />);
  await screen.findByText('Film Atölyesi');
  answer = away;
  await client.refetchQueries();
  await waitFor(() => expect(client.getQueryCache().getAll()[0]?.state.status).toBe('error'));
  expect(screen.getByRole('link', { name: 'Giriş yap' })).toBeVisible();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});
