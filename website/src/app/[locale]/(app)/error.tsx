'use client';
/** Inside the app, so that the menu stays and an upload goes on. */
export { ErrorPage as default } from '@/components/shell/error-page';
