'use client';
import { UploadList } from '@/features/uploads/upload-list';
import { UploadedVideo } from '@/features/videos/uploaded-video';

/** An upload turns into its video in the same row: from bytes sent to steps done. */
export function UploadsWithVideos() {
  return <UploadList renderVideo={(id) => <UploadedVideo id={id} />} />;
}
