import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useSelection } from './use-selection';

const render = (shown: string[]) =>
  renderHook(({ ids }: { ids: string[] }) => useSelection(ids), { initialProps: { ids: shown } });

test('chooses one, some and all', () => {
  const { result } = render(['a', 'b']);
  act(() => result.current.toggle('a'));
  expect(result.current).toMatchObject({ selected: ['a'], isSome: true, isAll: false });
  act(() => result.current.toggleAll());
  expect(result.current).toMatchObject({ selected: ['a', 'b'], isSome: false, isAll: true });
  act(() => result.current.toggleAll());
  expect(result.current.selected).toEqual([]);
});

test('forgets what is no longer shown', () => {
  const { result, rerender } = render(['a', 'b']);
  act(() => result.current.toggleAll());
  rerender({ ids: ['b', 'c'] });
  expect(result.current).toMatchObject({ selected: ['b'], isSome: true });
});

test('nothing shown is not all chosen', () => {
  expect(render([]).result.current.isAll).toBe(false);
});
