import { say } from '../../preload/words/say';

const dayMs = 86_400_000;

/**
 * A date as the system writes it.
 *
 * @param atMs - Milliseconds since 1970.
 * @returns Such as "3 Nov 2026".
 */
export function dateText(atMs: number): string {
  return new Date(atMs).toLocaleDateString(undefined, { dateStyle: 'medium' });
}

/**
 * A date with the time of day, as the system writes it.
 *
 * @param atMs - Milliseconds since 1970.
 * @returns Such as "3 Nov 2026, 14:05".
 */
export function dateTimeText(atMs: number): string {
  return new Date(atMs).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/**
 * A time of day, as the system writes it.
 *
 * @param atMs - Milliseconds since 1970.
 * @returns Such as "14:05".
 */
export function timeText(atMs: number): string {
  return new Date(atMs).toLocaleTimeString(undefined, { timeStyle: 'short' });
}

/**
 * The day of a moment, to compare with others.
 *
 * @param atMs - Milliseconds since 1970.
 */
export function dayOf(atMs: number): string {
  return new Date(atMs).toDateString();
}

/**
 * A day for a heading.
 *
 * @param atMs - A moment of it, milliseconds since 1970.
 * @param nowMs - Milliseconds since 1970.
 * @returns "Today", "Yesterday", or such as "Tuesday, 3 November 2026".
 */
export function dayText(atMs: number, nowMs: number): string {
  const day = dayOf(atMs);
  const yesterday = new Date(nowMs);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === dayOf(nowMs)) return say('formats.today');
  if (day === dayOf(yesterday.getTime())) return say('formats.yesterday');
  return new Date(atMs).toLocaleDateString(undefined, { dateStyle: 'full' });
}

/**
 * Whole days until a moment.
 *
 * @param atMs - The moment, milliseconds since 1970.
 * @param nowMs - Milliseconds since 1970.
 * @returns Rounded down; 0 once it has passed.
 */
export function daysUntil(atMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((atMs - nowMs) / dayMs));
}

/**
 * Names in one text.
 *
 * @param names - Such as those of files.
 * @returns Such as "a.pem and a.pub"; empty if there are none.
 */
export function allOf(names: readonly string[]): string {
  return names.length === 0 ? '' : names.reduce((first, second) => say('common.and', { first, second }));
}

/**
 * A file's size for people.
 *
 * @param bytes - Size in bytes.
 * @returns Such as "120 kB" or "3.4 MB"; 1 kB is 1000 bytes.
 */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/**
 * A label inside a sentence: it begins small, unless it begins with an abbreviation.
 *
 * @param label - Such as `Access key` or `AWS account`.
 */
export function inSentence(label: string): string {
  // Windows is a name wherever it stands.
  return /^(?!Windows\b)[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}
