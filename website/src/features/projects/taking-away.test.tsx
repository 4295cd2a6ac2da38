import type { ProjectRead } from '@ultrarslanoglu/api-client';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { answerAs, refusal, showPage, type Answer } from '../../../tests/page';
import { Drafts } from './drafts';
import { ProjectVideos } from './project-videos';

vi.mock('next/navigation', async (load) => ({
  ...(await load<object>()),
  useRouter: () => ({ push: vi.fn() }),
  usePathname: () => '/projects/p',
}));

const draftOf = (tag: string) => ({
  id: tag,
  body: `Metin ${tag}`,
  language: 'tr',
  repository: 'kisi/depo',
  tag,
  url: 'https://github.test',
  created_at: '2026-11-01T10:00:00Z',
  updated_at: '2026-11-01T10:00:00Z',
});

/** Two drafts; what comes of deleting one is the test's. */
function serveDrafts(onDelete: (tag: string) => Answer) {
  let drafts = [draftOf('1.0'), draftOf('2.0')];
  return answerAs((request) => {
    const deleted = /^DELETE .*\/(.+)$/.exec(request)?.[1];
    if (!deleted) return [200, { items: drafts, next_cursor: null }];
    const answer = onDelete(deleted);
    if (answer[0] === 204) drafts = drafts.filter(({ id }) => id !== deleted);
    return answer;
  });
}

const deletions = (requests: string[]) => requests.filter((request) => request.startsWith('DELETE'));

async function askToDelete(tag: string) {
  await userEvent.click(await screen.findByRole('button', { name: `Taslağı sil: kisi/depo ${tag}` }));
  return screen.getByRole('dialog');
}

test('a draft is deleted once that was confirmed; it is said, and the focus goes to the next one', async () => {
  const requests = serveDrafts(() => [204]);
  showPage(<Drafts projectId="p" canChange />);
  const dialog = await askToDelete('1.0');
  expect(deletions(requests)).toEqual([]);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Sil' }));
  expect(await screen.findByText('Taslak metin silindi.')).toBeVisible();
  await waitFor(() => expect(screen.getByText('Metin 2.0').closest('li')).toHaveFocus());
  expect(deletions(requests)).toHaveLength(1);
  expect(screen.queryByText('Metin 1.0')).not.toBeInTheDocument();
});

test('a draft that cannot be deleted stays, and the dialog says why', async () => {
  serveDrafts(() => refusal(502, 'Sunucuya ulaşılamıyor.'));
  showPage(<Drafts projectId="p" canChange />);
  const dialog = await askToDelete('2.0');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Sil' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('Sunucuya ulaşılamıyor.');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Vazgeç' }));
  expect(screen.getByText('Metin 2.0')).toBeVisible();
});

test('a video that was taken out can be put back, as the cover that it was', async () => {
  const project = { id: 'p', name: 'Proje', cover_video_id: 'v' } as ProjectRead;
  const video = { id: 'v', title: 'Sabah', has_poster: true, status: 'completed' };
  let items = [video];
  const requests = answerAs((request) => {
    if (request.startsWith('DELETE')) items = [];
    if (request === 'PUT /api/projects/p/videos/v') items = [video];
    if (request === 'PUT /api/projects/p/cover') return [200, project];
    return request.startsWith('GET') ? [200, { items, next_cursor: null }] : [204];
  });
  showPage(<ProjectVideos project={project} canChange />);
  await userEvent.click(await screen.findByRole('button', { name: 'Projeden çıkar: Sabah' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Geri al' }));
  expect(await screen.findByText('Video projeye geri kondu.')).toBeVisible();
  expect(requests.filter((request) => request.startsWith('PUT'))).toEqual([
    'PUT /api/projects/p/videos/v',
    'PUT /api/projects/p/cover',
  ]);
  expect(await screen.findByText('Sabah')).toBeVisible();
});
