'use client';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { api } from './api';
import { isOperator, scopeFrom } from './scope';

export const useIsOperator = () => isOperator(useQuery(meQuery(api)).data);

/** What the address is about. */
export const useScope = () => scopeFrom(new URLSearchParams(useSearchParams().toString()), useIsOperator());
