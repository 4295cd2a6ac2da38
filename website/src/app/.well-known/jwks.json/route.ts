/** The public keys of access tokens, for whoever verifies one without asking the gateway. */
import { pipeToGateway } from '@/lib/gateway-pipe';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
export { pipeToGateway as GET };
