import type * as z from 'zod';
import { say } from '../../preload/words/say';

const mostNamed = 3;

/** Field and expectation of each way in which a request does not fit; zod's messages name types and bounds, not values. */
export function describeMisfit({ issues }: z.ZodError): string {
  const named = issues.slice(0, mostNamed).map((issue) => `${fieldOf(issue)}: ${describeIssue(issue)}`);
  return named.join('; ');
}

/** Two members deep: below that, names of members come from the caller. */
function fieldOf({ path }: z.core.$ZodIssue): string {
  return path.slice(0, 2).join('.') || 'request';
}

function describeIssue(issue: z.core.$ZodIssue): string {
  // Keys of an unknown object are input too.
  return issue.code === 'unrecognized_keys' ? say('main-request.unexpected-member') : issue.message;
}
