'use client';
import { useSyncExternalStore } from 'react';
import type { UploadItem } from './upload-item';
import { getItems, subscribe } from './upload-store';

const nothing: readonly UploadItem[] = [];

export const useUploads = () => useSyncExternalStore(subscribe, getItems, () => nothing);
