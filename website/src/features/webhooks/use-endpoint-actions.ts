'use client';
import type { EndpointRead, EndpointUpdate } from '@ultrarslanoglu/api-client';
import {
  deleteEndpoint,
  enableEndpoint,
  endpointKeys,
  rotateSecret,
  testEndpoint,
  updateEndpoint,
} from '@ultrarslanoglu/api-client/queries/webhooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { useRouter } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';

/** What a person can do to an endpoint. Failures are said in a toast, in the gateway's own sentence; those of a form beside its fields. */
export function useEndpointActions(id: string) {
  const t = useTranslations('Webhooks');
  const client = useQueryClient();
  const router = useRouter();
  const sentence = useErrorSentence();
  const onError = (error: Error) => void toast.error(sentence(error));
  const keep = (endpoint: EndpointRead) => {
    client.setQueryData(endpointKeys.detail(id), endpoint);
    void client.invalidateQueries({ queryKey: endpointKeys.list });
  };

  const update = useMutation({
    mutationFn: (change: EndpointUpdate) => updateEndpoint(api, id, change),
    onSuccess: keep,
  });
  const enable = useMutation({
    mutationFn: () => enableEndpoint(api, id),
    onSuccess: (endpoint) => {
      keep(endpoint);
      toast.success(t('actions.enabled'));
    },
    onError,
  });
  const test = useMutation({
    mutationFn: () => testEndpoint(api, id),
    onSuccess: () => {
      toast.success(t('actions.testSent'));
      return client.invalidateQueries({ queryKey: endpointKeys.deliveries(id) });
    },
    onError,
  });
  const rotate = useMutation({ mutationFn: () => rotateSecret(api, id), onError });
  const remove = useMutation({
    mutationFn: () => deleteEndpoint(api, id),
    onSuccess: () => {
      toast.success(t('actions.deleted'));
      router.push('/settings/webhooks');
      client.removeQueries({ queryKey: endpointKeys.detail(id) });
      void client.invalidateQueries({ queryKey: endpointKeys.list });
    },
    onError,
  });
  return { update, enable, test, rotate, remove, onError };
}
