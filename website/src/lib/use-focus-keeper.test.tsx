import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { useFocusKeeper } from './use-focus-keeper';

/** Buttons that take their row away, at once or after a dialog was answered. */
function List({ asks = false }: { asks?: boolean }) {
  const [names, setNames] = useState(['bir', 'iki', 'üç']);
  const [asked, setAsked] = useState<string | null>(null);
  const list = useFocusKeeper<HTMLUListElement>();
  const remove = (name: string) => setNames(names.filter((each) => each !== name));
  return (
    <section aria-labelledby="heading">
      <h2 id="heading">Liste</h2>
      {names.length > 0 && (
        <ul ref={list}>
          {names.map((name) => (
            <li key={name} data-row aria-label={name}>
              <button onClick={() => (asks ? setAsked(name) : remove(name))}>Sil {name}</button>
            </li>
          ))}
        </ul>
      )}
      {asked && (
        <dialog open>
          <button onClick={() => remove(asked)}>Evet</button>
          <button onClick={() => setAsked(null)}>Kapat</button>
        </dialog>
      )}
      <button onClick={() => setNames(names.slice(1))}>İlki gitsin</button>
    </section>
  );
}

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const row = (name: string) => screen.getByRole('listitem', { name });

test('goes to the next row, then to the one before, then to the heading', async () => {
  render(<List />);
  await press('Sil iki');
  expect(row('üç')).toHaveFocus();
  await press('Sil üç');
  expect(row('bir')).toHaveFocus();
  await press('Sil bir');
  expect(screen.getByRole('heading', { name: 'Liste' })).toHaveFocus();
});

test('the row is no stop of the Tab key once the focus went on', async () => {
  render(<List />);
  await press('Sil bir');
  expect(row('iki')).toHaveAttribute('tabindex', '-1');
  await userEvent.tab();
  expect(screen.getByRole('button', { name: 'Sil iki' })).toHaveFocus();
  expect(row('iki')).not.toHaveAttribute('tabindex');
});

test('waits for the dialog that asked', async () => {
  render(<List asks />);
  await press('Sil bir');
  await press('Evet');
  await press('Kapat');
  expect(row('iki')).toHaveFocus();
});

test('leaves the focus alone where it did not fall', async () => {
  render(<List />);
  screen.getByRole('button', { name: 'Sil bir' }).focus();
  await press('İlki gitsin');
  expect(screen.getByRole('button', { name: 'İlki gitsin' })).toHaveFocus();
});

test('leaves a page alone that was clicked elsewhere', async () => {
  const { rerender } = render(<List key="list" />);
  screen.getByRole('button', { name: 'Sil bir' }).focus();
  (document.activeElement as HTMLElement).blur();
  fireEvent.pointerDown(document.body);
  fireEvent.click(screen.getByRole('button', { name: 'İlki gitsin' }));
  rerender(<List key="list" />);
  expect(document.body).toHaveFocus();
});
