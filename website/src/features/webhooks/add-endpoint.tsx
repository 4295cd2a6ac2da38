'use client';
import type { EndpointWithSecret } from '@ultrarslanoglu/api-client';
import { createEndpoint, endpointKeys } from '@ultrarslanoglu/api-client/queries/webhooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Dialog } from '@/components/ui/dialog';
import { useRouter } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { EndpointForm, type EndpointValues } from './endpoint-form';
import { SecretOnce } from './secret-once';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  sandboxUrl: string | null;
}

/** Adds an endpoint; a webhook's secret is shown before its page opens, because it cannot be read again. */
export function AddEndpoint({ isOpen, onClose, sandboxUrl }: Props) {
  const t = useTranslations('Webhooks');
  const router = useRouter();
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: (values: EndpointValues) => createEndpoint(api, values),
    onSuccess: (created) => {
      void client.invalidateQueries({ queryKey: endpointKeys.list });
      if (!created.secret) leave(created);
    },
  });
  const created = create.data;

  function leave({ id }: Pick<EndpointWithSecret, 'id'>) {
    create.reset();
    onClose();
    router.push(`/settings/webhooks/${id}`);
  }
  function close() {
    if (created) return leave(created);
    create.reset();
    onClose();
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={created?.secret ? t('secret.title') : t('form.addTitle')}
      isLasting={Boolean(created?.secret)}
    >
      {created?.secret ? (
        <SecretOnce secret={created.secret} onDone={close} />
      ) : (
        <EndpointForm
          sandboxUrl={sandboxUrl}
          error={create.error}
          isBusy={create.isPending}
          onSubmit={create.mutate}
        />
      )}
    </Dialog>
  );
}
