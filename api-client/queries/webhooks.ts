/** Requests of the noun "endpoints": addresses outside that are told what happens (webhooks, Slack, Discord), and what was delivered to them. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ApiClient, EndpointCreate, EndpointUpdate } from '../client';
import { unwrap } from '../errors';

export const endpointKeys = {
  all: ['endpoints'] as const,
  list: ['endpoints', 'list'] as const,
  detail: (id: string) => ['endpoints', 'detail', id] as const,
  deliveries: (id: string) => ['endpoints', 'deliveries', id] as const,
  delivery: (id: string) => ['endpoints', 'delivery', id] as const,
};

export const endpointsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: endpointKeys.list,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/notifications/endpoints', { params: { query: { limit: 100 } }, signal })),
  });

export const endpointQuery = (api: ApiClient, endpoint_id: string) =>
  queryOptions({
    queryKey: endpointKeys.detail(endpoint_id),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/notifications/endpoints/{endpoint_id}', {
          params: { path: { endpoint_id } },
          signal,
        }),
      ),
  });

export const deliveriesQuery = (api: ApiClient, endpoint_id: string, limit = 20) =>
  infiniteQueryOptions({
    queryKey: endpointKeys.deliveries(endpoint_id),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/notifications/endpoints/{endpoint_id}/deliveries', {
          params: { path: { endpoint_id }, query: { limit, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const deliveryQuery = (api: ApiClient, delivery_id: string) =>
  queryOptions({
    queryKey: endpointKeys.delivery(delivery_id),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/notifications/deliveries/{delivery_id}', {
          params: { path: { delivery_id } },
          signal,
        }),
      ),
  });

export const createEndpoint = (api: ApiClient, body: EndpointCreate) =>
  unwrap(api.POST('/api/notifications/endpoints', { body }));

const path = (endpoint_id: string) => ({ params: { path: { endpoint_id } } });

export const updateEndpoint = (api: ApiClient, id: string, body: EndpointUpdate) =>
  unwrap(api.PATCH('/api/notifications/endpoints/{endpoint_id}', { ...path(id), body }));

export const deleteEndpoint = (api: ApiClient, id: string) =>
  unwrap(api.DELETE('/api/notifications/endpoints/{endpoint_id}', path(id)));

export const testEndpoint = (api: ApiClient, id: string) =>
  unwrap(api.POST('/api/notifications/endpoints/{endpoint_id}/test', path(id)));

export const rotateSecret = (api: ApiClient, id: string) =>
  unwrap(api.POST('/api/notifications/endpoints/{endpoint_id}/rotate', path(id)));

export const enableEndpoint = (api: ApiClient, id: string) =>
  unwrap(api.POST('/api/notifications/endpoints/{endpoint_id}/enable', path(id)));

export const replayDelivery = (api: ApiClient, delivery_id: string) =>
  unwrap(
    api.POST('/api/notifications/deliveries/{delivery_id}/replay', { params: { path: { delivery_id } } }),
  );
