/** Where news of new versions come from, and whose signature counts. */
export interface UpdateSource {
  /** A small JSON file; docs/RELEASING.md says what is in it. */
  readonly manifestUrl: string;
  /** For people, to be copied into a browser. */
  readonly pageUrl: string;
  /** Ed25519, SubjectPublicKeyInfo as DER in base64. */
  readonly publicKeyBase64: string;
}

/**
 * Placeholders until there is a first release: a host that can't exist (RFC 2606), and a key whose private half was never kept. Both are
 * replaced together; until then the check can't be turned on.
 */
export const updateSource: UpdateSource = {
  manifestUrl: 'https://releases.coffer.example/latest.json',
  pageUrl: 'https://releases.coffer.example/',
  publicKeyBase64: 'MCowBQYDK2VwAyEAjQrYR66jv842XproheItVbMF+XkrRnD8FxXV3qKQPc4=',
};

/**
 * Whether there is a host to ask. Never for the evaluation runtime, of which there are no versions.
 *
 * @param source - Usually {@link updateSource}.
 */
export function canCheckForUpdates(source: UpdateSource, isEvaluationRuntime: boolean): boolean {
  return !isEvaluationRuntime && !new URL(source.manifestUrl).hostname.endsWith('.example');
}
