import { securityKeys } from '@ultrarslanoglu/api-client/queries/security';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { answerAs, refusal, showPage, type Answer } from '../../../tests/page';
import { KeysSection } from './keys-section';
import { PasskeysSection } from './passkeys-section';
import { RecoverySection } from './recovery-section';
import { TotpSection } from './totp-section';

const factors = {
  has_password: true,
  totp: { is_enabled: true, since: '2026-11-01T10:00:00Z' },
  passkeys: [],
  recovery_codes_left: 2,
};
const apiKey = {
  id: 'k1',
  name: 'Yayın',
  public_id: 'abcd',
  last_four: '9999',
  scopes: [],
  ip_allow: [],
  created_at: '2026-11-01T10:00:00Z',
  expires_at: '2036-11-01T10:00:00Z',
  last_used_at: null,
  rotated_at: null,
};
const away = refusal(502, 'Sunucuya ulaşılamıyor.');

/** The cross in the corner has the same name. */
const submitOf = (dialog: HTMLElement) => {
  const button = within(dialog).getAllByRole('button', { name: 'Kapat' }).at(-1);
  if (!button) throw new Error('no button');
  return button;
};

const again = () => screen.findByRole('button', { name: 'Yeniden dene' });

/** The first reading works, the later ones do not: what the gateway answers after a change. */
function onceThenAway(first: Answer) {
  let count = 0;
  return () => (count++ === 0 ? first : away);
}

test('new recovery codes stay when the factors cannot be read again', async () => {
  const read = onceThenAway([200, factors]);
  answerAs((request) =>
    request === 'GET /api/auth/factors' ? read() : [200, { recovery_codes: ['aaaa-bbbb', 'cccc-dddd'] }],
  );
  const client = showPage(<RecoverySection />);
  await userEvent.click(await screen.findByRole('button', { name: 'Yeni kodlar oluştur' }));
  const dialog = screen.getByRole('dialog');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Yeni kodlar oluştur' }));
  await screen.findAllByText('aaaa-bbbb');
  await waitFor(() => expect(client.getQueryState(securityKeys.factors)?.status).toBe('error'));
  expect(within(await screen.findByRole('dialog')).getByText('cccc-dddd')).toBeVisible();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('a renewed API key stays when the keys cannot be read again', async () => {
  const read = onceThenAway([200, { items: [apiKey], grantable_scopes: [] }]);
  answerAs((request) =>
    request.startsWith('GET /api/auth/keys') ? read() : [200, { key: 'ultra_abcd_secret', details: apiKey }],
  );
  const client = showPage(<KeysSection />);
  await userEvent.click(await screen.findByRole('button', { name: 'Yenile: Yayın' }));
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Yenile' }));
  expect(await screen.findByDisplayValue('ultra_abcd_secret')).toBeVisible();
  await waitFor(() => expect(client.getQueryState(securityKeys.keys)?.status).toBe('error'));
  expect(screen.getByDisplayValue('ultra_abcd_secret')).toBeVisible();
});

test.each([
  ['TOTP', TotpSection],
  ['passkeys', PasskeysSection],
])('what never came is said with a way to ask again: %s', async (_, Section) => {
  let answer: Answer = away;
  answerAs((request) => (request === 'GET /api/auth/factors' ? answer : [200, { items: [] }]));
  const client = showPage(<Section />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Sunucuya ulaşılamıyor.');
  answer = [200, factors];
  await userEvent.click(await again());
  await waitFor(() => expect(client.getQueryData(securityKeys.factors)).toEqual(factors));
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('a refusal is said inside the dialog that asked, and forgotten when it closes', async () => {
  answerAs((request) =>
    request === 'GET /api/auth/factors' ? [200, factors] : refusal(409, 'Bu adım zorunlu.'),
  );
  showPage(<TotpSection />);
  await userEvent.click(await screen.findByRole('button', { name: 'Kapat' }));
  const dialog = screen.getByRole('dialog');
  await userEvent.click(submitOf(dialog));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('Bu adım zorunlu.');
  expect(screen.getAllByText('Bu adım zorunlu.')).toHaveLength(1);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Vazgeç' }));
  await userEvent.click(screen.getByRole('button', { name: 'Kapat' }));
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});
