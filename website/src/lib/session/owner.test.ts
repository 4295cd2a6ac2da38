import { beforeEach, expect, test, vi } from 'vitest';
import { readOwner, showPagesOf } from './owner';

beforeEach(() => localStorage.clear());

/** What the browser does in this tab when another one writes. */
function writeElsewhere(owner: string) {
  localStorage.setItem('ultra.owner', owner);
  window.dispatchEvent(new StorageEvent('storage', { key: 'ultra.owner' }));
}

test('a tab learns that another one shows somebody else', () => {
  const onOther = vi.fn();
  const stop = showPagesOf('ada.w1', onOther);
  expect(readOwner()).toBe('ada.w1');
  writeElsewhere('ada.w1');
  expect(onOther).not.toHaveBeenCalled();
  writeElsewhere('grace.w2');
  expect(onOther).toHaveBeenCalledOnce();
  stop();
  writeElsewhere('ada.w1');
  expect(onOther).toHaveBeenCalledOnce();
});

test('one that slept looks when it is seen again', () => {
  const onOther = vi.fn();
  const stop = showPagesOf('ada.w1', onOther);
  localStorage.setItem('ultra.owner', 'grace.w2');
  document.dispatchEvent(new Event('visibilitychange'));
  expect(onOther).toHaveBeenCalledOnce();
  stop();
});
