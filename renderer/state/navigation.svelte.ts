import type { ExportFormat, ListView } from './types';

/** What the sidebar can show. */
export type Section = ListView | 'guide' | 'health' | 'activity' | 'exports' | 'ways' | 'backups' | 'settings' | 'help';
/** Dialogs of the workspace; at most one is open. */
export type OpenDialog = 'create' | 'import' | 'export' | 'purge' | 'compare-key-pairs' | 'palette' | null;

/** What a record can begin with as soon as it is shown. */
export type FirstStep = 'add-device' | 'begin-rotation';

/** Where the user is: section, chosen record, open dialog. Leaving unsaved changes asks first. */
export class Navigation {
  /** Chosen entry of the sidebar. */
  section = $state<Section>('all');
  /** Record chosen in the list; null for none. */
  selectedId = $state<string | null>(null);
  /** The open dialog. */
  dialog = $state<OpenDialog>(null);
  /** For the dialog `create`: the kind of the new record, and values to begin with. */
  creating = $state.raw<{ readonly kind: string; readonly given: Readonly<Record<string, string>> }>({
    kind: 'key-pair',
    given: {},
  });
  /** For the dialog `export`: the format to begin with; null for the usual one. */
  exportFormat = $state<ExportFormat | null>(null);
  /** True while the ways in should open the dialog that makes a recovery code. */
  isRecoveryDue = $state(false);
  /** Task that the guide is to show; null for the list of tasks. */
  guideTask = $state<string | null>(null);
  /** What a record that was just chosen is to begin with; null for nothing. */
  firstStep = $state.raw<{ readonly recordId: string; readonly step: FirstStep } | null>(null);
  /** A step that waits until the user has decided about unsaved changes; null otherwise. */
  pending = $state.raw<(() => void) | null>(null);
  readonly #hasUnsavedChanges: () => boolean;
  /** While a step is taken for which the user gave changes up: it may be made of several. */
  #isDiscarding = false;

  /**
   * Starts at all items.
   *
   * @param hasUnsavedChanges - Asked before every step that would drop a form.
   */
  constructor(hasUnsavedChanges: () => boolean) {
    this.#hasUnsavedChanges = hasUnsavedChanges;
  }

  /**
   * Takes a step now, or once the user agrees to drop unsaved changes.
   *
   * @param step - What to do.
   */
  leave(step: () => void): void {
    if (!this.#isDiscarding && this.#hasUnsavedChanges()) this.pending = step;
    else step();
  }

  /**
   * Whether a record that is shown now is to begin with a step. True once: the next time it is opened, it is only shown.
   *
   * @param recordId - Of the record that is shown.
   */
  takeFirstStep(recordId: string, step: FirstStep): boolean {
    const due = this.firstStep;
    if (due?.recordId !== recordId || due.step !== step) return false;
    this.firstStep = null;
    return true;
  }

  /** Drops unsaved changes and takes the step that waits. */
  discard(): void {
    const step = this.pending;
    this.pending = null;
    this.#isDiscarding = true;
    step?.();
    this.#isDiscarding = false;
  }

  /** Stays where the user is. */
  stay(): void {
    this.pending = null;
  }
}
