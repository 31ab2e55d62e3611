/** Bounds how long a backend's own code may take. */
import { Refusal } from './problem.js';

/**
 * Runs `work` with a signal that is aborted when the browser goes away or the limit passes. In the second case it
 * throws a `Refusal`, whether or not `work` minds the signal.
 *
 * @param limit milliseconds
 */
export async function withDeadline<Value>(
  request: Request,
  limit: number,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  const leave = () => {
    controller.abort(request.signal.reason);
  };
  request.signal.addEventListener('abort', leave);
  // A timer of our own, because one of `AbortSignal.timeout` would outlive the request.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const refusal = new Refusal('time_limit_exceeded', 'The backend took too long.');
      reject(refusal);
      controller.abort(refusal);
    }, limit);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener('abort', leave);
  }
}
