/** Parts of AWS that share nothing with each other: each has ARNs of its own. */
export type Partition =
  'aws' | 'aws-cn' | 'aws-us-gov' | 'aws-eusc' | 'aws-iso' | 'aws-iso-b' | 'aws-iso-e' | 'aws-iso-f';

/** Domains of the consoles and of IAM Identity Center (endpoints.json of the AWS SDKs). */
const domains: readonly (readonly [RegExp, Partition])[] = [
  [/\.(amazonaws\.cn|amazonaws\.com\.cn|amazonaws-cn\.com|awsapps\.cn)$/, 'aws-cn'],
  [/\.(amazonaws-us-gov\.com|us-gov-home\.awsapps\.com)$/, 'aws-us-gov'],
  [/\.(amazonaws-eusc\.eu|amazonaws\.eu|awsapps\.eu)$/, 'aws-eusc'],
  [/\.(c2s|c2shome)\.ic\.gov$/, 'aws-iso'],
  [/\.(sc2s|sc2shome)\.sgov\.gov$/, 'aws-iso-b'],
  [/\.adc-e\.uk$/, 'aws-iso-e'],
  [/\.hci\.ic\.gov$/, 'aws-iso-f'],
];

/**
 * The partition of an account, as its sign-in address tells it.
 *
 * @param signInAddress - An https address, or empty.
 * @returns `aws` where it does not tell.
 * @see AWS Identity and Access Management User Guide, "Amazon Resource Names (ARNs)", partition.
 */
export function partitionOf(signInAddress: string): Partition {
  const host = URL.canParse(signInAddress) ? new URL(signInAddress).hostname : '';
  return domains.find(([pattern]) => pattern.test(`.${host}`))?.[1] ?? 'aws';
}
