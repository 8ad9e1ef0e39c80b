import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

/** Longest comment of a key, in UTF-16 code units. */
export const maxCommentLength = 1024;
/** Line ends, other control characters, halves of surrogate pairs (which UTF-8 cannot hold). */
const forbidden = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/**
 * Checks the comment of a key: it must fit on the one line of a `.pub` file.
 *
 * @param comment - May be empty and in any script.
 * @throws CofferError `bad-request` if it is too long or holds a line end or another control character.
 */
export function checkComment(comment: string): void {
  if (comment.length > maxCommentLength || forbidden.test(comment)) {
    throw new CofferError(
      'bad-request',
      say('main-keys.comment-expected-one-line-of-at-most-characters', { maxCommentLength }),
    );
  }
}

/**
 * Brings a comment from a file to what {@link checkComment} accepts.
 *
 * @param bytes - UTF-8 if all is well; what is not becomes U+FFFD.
 * @returns At most {@link maxCommentLength} characters; control characters become spaces.
 */
export function commentFrom(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, maxCommentLength * 4));
  return text
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .slice(0, maxCommentLength)
    .replace(/\p{Cs}/gu, '')
    .trim();
}
