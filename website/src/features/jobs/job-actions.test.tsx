import type { JobDetail } from '@ultrarslanoglu/api-client';
import { authKeys } from '@ultrarslanoglu/api-client/queries/auth';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { answerAs, refusal, showPage } from '../../../tests/page';
import { JobActions } from './job-actions';
import { jobOf } from './job-of.fixture';

test('changed input that is refused is said in its dialog', async () => {
  answerAs(() => refusal(409, 'Bu iş yeniden denenemez.'));
  const job = { ...jobOf({ state: 'failed' }), args: [1] } as unknown as JobDetail;
  const client = showPage(<JobActions job={job} />);
  act(() => {
    client.setQueryData(authKeys.me, { user: { is_operator: true }, permissions: ['jobs:write', 'operate'] });
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Girdiyi düzenle' }));
  const dialog = screen.getByRole('dialog');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Bu girdiyle yeniden dene' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('Bu iş yeniden denenemez.');
  expect(screen.getAllByText('Bu iş yeniden denenemez.')).toHaveLength(1);
});
