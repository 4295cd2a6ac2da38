import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { useInfiniteQuery } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { itemsOf } from '@/lib/items-of';
import { showPage } from '../../../tests/page';
import { ListResults } from './list-results';

type Answer = () => Promise<string[]>;

function List({ sought, answer }: { sought: string; answer: Answer }) {
  const list = useInfiniteQuery({
    queryKey: ['list', sought],
    queryFn: async () => ({ items: await answer() }),
    initialPageParam: 0,
    getNextPageParam: () => null,
    placeholderData: (previous) => previous,
    retry: false,
  });
  const items = itemsOf(list.data);
  return (
    <ListResults
      list={list}
      items={items}
      loading="Liste yükleniyor"
      skeleton={<hr />}
      empty={<p>Burada bir şey yok</p>}
    >
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </ListResults>
  );
}

const never: Answer = () => new Promise(() => {});

test('says that it is under way, then shows what there is', async () => {
  showPage(<List sought="" answer={() => Promise.resolve(['bir', 'iki'])} />);
  expect(screen.getByRole('status')).toHaveTextContent('Liste yükleniyor');
  expect(await screen.findAllByRole('listitem')).toHaveLength(2);
  expect(screen.queryByRole('status')).not.toBeInTheDocument();
});

test('says that there is nothing', async () => {
  showPage(<List sought="" answer={() => Promise.resolve([])} />);
  expect(await screen.findByText('Burada bir şey yok')).toBeVisible();
});

test('a refused list says why and is asked for again', async () => {
  let isAway = true;
  const answer: Answer = () =>
    isAway ? Promise.reject(new ApiError(503, 'unavailable', 'Şimdi olmuyor.')) : Promise.resolve(['bir']);
  showPage(<List sought="" answer={answer} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Şimdi olmuyor.');
  expect(screen.queryByText('Burada bir şey yok')).not.toBeInTheDocument();
  isAway = false;
  await userEvent.click(screen.getByRole('button', { name: 'Yeniden dene' }));
  expect(await screen.findByText('bir')).toBeVisible();
});

test('items of the search before stay, paler, until the new ones are there', async () => {
  function Search() {
    const [sought, setSought] = useState('a');
    return (
      <>
        <button onClick={() => setSought('b')}>Ara</button>
        <List sought={sought} answer={sought === 'a' ? () => Promise.resolve(['bir']) : never} />
      </>
    );
  }
  showPage(<Search />);
  expect((await screen.findByText('bir')).closest('.opacity-60')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Ara' }));
  expect(screen.getByText('bir').closest('.opacity-60')).not.toBeNull();
});
