import { expect, test } from 'vitest';
import { checkNewPassword, strengthOf } from './new-password';

test.each([
  ['', 'passwordShort'],
  ['1234567', 'passwordShort'],
  ['👩‍🚀👩‍🚀👩‍🚀', null],
  ['x'.repeat(128), null],
  ['x'.repeat(129), 'passwordLong'],
])('%s is checked as the gateway counts', (password, fault) => {
  expect(checkNewPassword(password)).toBe(fault);
});

test.each([
  ['kısa', 0],
  ['aaaaaaaaaaaaaaaaaaaa', 1],
  ['abcdefghijklmnop', 1],
  ['güneşli9', 1],
  ['kahve içmeye', 2],
  ['yağmurda üç kırmızı bisiklet', 3],
  ['x7#Kq!9vLp2@', 2],
])('%s is worth %i', (password, strength) => {
  expect(strengthOf(password)).toBe(strength);
});
