import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { useInfiniteQuery } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { showPage } from '../../../tests/page';
import { LoadMore } from './load-more';

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

beforeEach(() => {
  // Always in view.
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(private readonly tell: (entries: { isIntersecting: boolean }[]) => void) {}
      observe() {
        queueMicrotask(() => this.tell([{ isIntersecting: true }]));
      }
      disconnect() {}
    },
  );
});

/** A list of three pages; says which pages were asked for. */
function showList(refuses: (page: number) => boolean, isByHand = false) {
  const asked: number[] = [];
  function List() {
    const list = useInfiniteQuery({
      queryKey: ['list'],
      queryFn: async ({ pageParam }) => {
        asked.push(pageParam);
        await later(5);
        if (refuses(pageParam)) throw new ApiError(422, 'cursor_invalid', 'Bu sayfa okunamadı.');
        return pageParam;
      },
      initialPageParam: 0,
      getNextPageParam: (last) => (last < 2 ? last + 1 : null),
    });
    return <LoadMore list={list} isByHand={isByHand} />;
  }
  showPage(<List />);
  return asked;
}

test('coming near the end reads one page after the other, and the last one ends it', async () => {
  const asked = showList(() => false);
  await waitFor(() => expect(asked).toEqual([0, 1, 2]));
  await waitFor(() => expect(screen.queryByRole('button')).not.toBeInTheDocument());
});

test('a refused page is said and not asked for again by itself', async () => {
  let isAway = true;
  const asked = showList((page) => page === 1 && isAway);
  expect(await screen.findByRole('alert')).toHaveTextContent('Bu sayfa okunamadı.');
  await later(200);
  expect(asked).toEqual([0, 1]);

  isAway = false;
  await userEvent.click(screen.getByRole('button', { name: 'Yeniden dene' }));
  await waitFor(() => expect(asked).toEqual([0, 1, 1, 2]));
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('by hand it waits to be pressed', async () => {
  const asked = showList(() => false, true);
  const button = await screen.findByRole('button', { name: 'Daha fazla göster' });
  await later(50);
  expect(asked).toEqual([0]);
  await userEvent.click(button);
  await waitFor(() => expect(asked).toEqual([0, 1]));
});
