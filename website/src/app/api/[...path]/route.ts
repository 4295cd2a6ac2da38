import { pipeToGateway } from '@/lib/gateway-pipe';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export {
  pipeToGateway as DELETE,
  pipeToGateway as GET,
  pipeToGateway as HEAD,
  pipeToGateway as OPTIONS,
  pipeToGateway as PATCH,
  pipeToGateway as POST,
  pipeToGateway as PUT,
};
