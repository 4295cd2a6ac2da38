import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { answerAs, refusal, showPage, type Answer } from '../../../tests/page';
import { UnsubscribePanel } from './unsubscribe-panel';

test('a server that is away is no word about the link, and it can be asked again', async () => {
  let answer: Answer = refusal(503, 'Sunucuya ulaşılamıyor.');
  answerAs(() => answer);
  showPage(<UnsubscribePanel token="t" />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Sunucuya ulaşılamıyor.');
  expect(screen.queryByText('Bağlantı geçersiz')).not.toBeInTheDocument();
  answer = [
    200,
    { email: 'kerem@ornek.test', kind: 'video.ready', title: 'Video hazır', is_subscribed: true },
  ];
  await userEvent.click(screen.getByRole('button', { name: 'Yeniden dene' }));
  expect(await screen.findByRole('button', { name: 'Bu e-postalar gelmesin' })).toBeVisible();
});

test('a link that is refused is not valid', async () => {
  answerAs(() => refusal(404, 'Bu bağlantı geçerli değil.'));
  showPage(<UnsubscribePanel token="t" />);
  expect(await screen.findByRole('heading', { name: 'Bağlantı geçersiz' })).toBeVisible();
});
