'use client';
import type { Role } from '@ultrarslanoglu/api-client';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { SelectField } from '@/components/ui/select-field';
import { api } from '@/lib/api';
import { rolesUpTo } from './roles';

type Props = Omit<ComponentProps<typeof SelectField>, 'children'>;

/** The roles that this person may give. */
export function RoleSelect(props: Props) {
  const t = useTranslations('Members.roles');
  const own: Role = useQuery(meQuery(api)).data?.role ?? 'viewer';
  return (
    <SelectField {...props}>
      {rolesUpTo(own).map((role) => (
        <option key={role} value={role}>
          {t(role)}
        </option>
      ))}
    </SelectField>
  );
}
