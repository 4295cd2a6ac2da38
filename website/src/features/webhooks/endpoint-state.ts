/** How an endpoint is doing, in one word. */
import type { EndpointRead } from '@ultrarslanoglu/api-client';

export type EndpointStatus = 'active' | 'failing' | 'disabled';

export function statusOf(endpoint: Pick<EndpointRead, 'is_enabled' | 'failing_since'>): EndpointStatus {
  if (!endpoint.is_enabled) return 'disabled';
  return endpoint.failing_since === null ? 'active' : 'failing';
}
