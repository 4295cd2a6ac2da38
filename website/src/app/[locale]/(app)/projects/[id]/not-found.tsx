import { ProjectGone } from '@/features/projects/project-gone';

export default function ProjectNotFound() {
  return <ProjectGone />;
}
