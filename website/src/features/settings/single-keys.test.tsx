import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { areSingleKeysOn } from '@/lib/single-keys';
import { showPage } from '../../../tests/page';
import { SingleKeys } from './single-keys';

beforeEach(() => localStorage.clear());

test('is on at first, and what is chosen is kept for this browser', async () => {
  showPage(<SingleKeys />);
  const switched = screen.getByRole('switch', { name: /^Tek tuşlu kısayollar/ });
  expect(switched).toBeChecked();
  await userEvent.click(switched);
  expect(switched).not.toBeChecked();
  expect(areSingleKeysOn()).toBe(false);
  await userEvent.click(switched);
  expect(areSingleKeysOn()).toBe(true);
});
