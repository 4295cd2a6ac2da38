/** Sensitive requests are refused until their person has proved again who they are. Whoever shows the dialog for that says so here; the refused request is then sent again by itself. */

type Ask = () => Promise<boolean>;

let ask: Ask | null = null;
let running: Promise<boolean> | null = null;

/** Names what asks the person; resolves to whether they proved themselves. Returns how to take that back. */
export function answerStepUps(by: Ask): () => void {
  ask = by;
  return () => {
    if (ask === by) ask = null;
  };
}

/** fetch that asks and repeats once. What was refused did nothing, so repeating it is safe whatever its method; whoever declines gets the refusal. */
export async function fetchWithStepUp(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  // A body can be sent once only.
  const again = request.clone();
  const reply = await fetch(request);
  if (!ask || !(await needsStepUp(reply))) return reply;
  running ??= ask().finally(() => {
    running = null;
  });
  return (await running) ? fetch(again) : reply;
}

async function needsStepUp(reply: Response): Promise<boolean> {
  if (reply.status !== 403) return false;
  const problem = (await reply
    .clone()
    .json()
    .catch(() => null)) as { code?: unknown } | null;
  return problem?.code === 'step_up_needed';
}
