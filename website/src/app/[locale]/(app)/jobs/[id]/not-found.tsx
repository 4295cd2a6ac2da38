import { JobGone } from '@/features/jobs/job-gone';

export default function JobNotFound() {
  return <JobGone />;
}
