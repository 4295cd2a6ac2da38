/** What the file chooser offers. The gateway looks into each file and decides by its contents. */
export const acceptedFiles = 'video/*,.mkv,.mov,.avi,.webm,.mp4,.m4v,.mts,.m2ts,.ts,.wmv,.flv,.mpg,.mpeg';

const endings = new Set(acceptedFiles.split(',').filter((part) => part.startsWith('.')));

export const looksLikeVideo = (file: Pick<File, 'name' | 'type'>) =>
  file.type.startsWith('video/') || endings.has(file.name.slice(file.name.lastIndexOf('.')).toLowerCase());
