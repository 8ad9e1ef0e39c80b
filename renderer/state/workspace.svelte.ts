import { say } from '../../preload/words/say';
import { ask } from './answer';
import { copiedWords } from './copied-words';
import { headingOf } from './list-heading';
import type { FirstStep, Section } from './navigation.svelte';
import { noFilter } from './records.svelte';
import { sentenceOf } from './sentence';
import { TrashSteps } from './trash-steps';
import type { Answer, ExportFormat, FieldDescriptor, ListFilter, ListView, RecordDetail } from './types';
import { WorkspaceParts } from './workspace-parts.svelte';

/** Everything behind the main layout of an unlocked vault. Made after unlocking, gone with the page. */
export class Workspace extends WorkspaceParts {
  /** True while the list should take the focus, because what had it is gone. */
  isListFocusDue = $state(false);
  /** True while the title of the open record should take the focus. */
  isRecordFocusDue = $state(false);
  /** True while the search field should take the focus. */
  isFindDue = $state(false);
  readonly #trash = new TrashSteps(this);

  /**
   * Loads what the layout needs and follows changes.
   *
   * @returns Ends it.
   */
  connect(): () => void {
    void this.#loadKinds();
    void this.drafts.load();
    void this.memory.restore(() => this.navigation.section === 'all');
    void this.facets.load();
    const endSettings = this.settings.connect();
    const endOutside = this.outside.connect();
    const endUpdates = this.updates.connect();
    const endWays = this.ways.connect();
    const endClipboard = this.clipboard.connect();
    const endRecords = this.api.on('records:changed', () => void this.#recordsChanged());
    const endActivity = this.api.on('activity:changed', () => this.#loadActivity());
    return () => {
      this.facets.end();
      for (const end of [endSettings, endOutside, endUpdates, endWays, endClipboard, endRecords, endActivity]) end();
    };
  }

  /** True once it is known that the vault holds nothing at all outside the trash. */
  get isVaultEmpty(): boolean {
    const { view, query, total, isLoaded, isFiltered } = this.list;
    return isLoaded && view === 'all' && query === '' && !isFiltered && total === 0;
  }

  /** What the list shows, in words. */
  get listHeading(): string {
    return headingOf(this.list, this.kinds, this.facets.counts);
  }

  /**
   * Finds the fields of a record's kind.
   *
   * @param kind - Name of the kind.
   * @returns Its descriptors in order; none for a kind that this version does not know.
   */
  fieldsOf(kind: string): readonly FieldDescriptor[] {
    return this.kinds.find((known) => known.kind === kind)?.fields ?? [];
  }

  /**
   * Goes to a section; nothing is chosen there.
   *
   * @param section - Entry of the sidebar.
   */
  go(section: Section): void {
    this.navigation.leave(() => {
      this.navigation.section = section;
      this.selection.end();
      this.#choose(null);
      if (section === 'exports') void this.exportedFiles.load();
      else if (section === 'settings') void this.settings.load();
      else if (section === 'ways') void this.ways.load();
      else if (section === 'activity') void this.activity.load();
      else if (isOfList(section)) void this.list.show(section);
    });
  }

  /** Puts the focus into the search field; goes to all items from where there is none. */
  find(): void {
    const { section } = this.navigation;
    if (section !== 'activity' && !isOfList(section)) this.go('all');
    this.isFindDue = !this.isVaultEmpty;
  }

  /**
   * Shows a task of the guide.
   *
   * @param taskId - Name of the task.
   */
  showTask(taskId: string): void {
    this.navigation.leave(() => {
      this.go('guide');
      this.navigation.guideTask = taskId;
    });
  }

  /**
   * Shows what is of one kind, belongs to one account or has one tag.
   *
   * @param filter - Members that are absent narrow nothing.
   */
  narrow(filter: Partial<ListFilter>): void {
    this.navigation.leave(() => {
      this.navigation.section = 'all';
      this.selection.end();
      this.#choose(null);
      void this.list.show('all', { ...noFilter, ...filter });
    });
  }

  /** Searches all items for what is in the search field, whatever narrowed it before. */
  searchAll(): void {
    this.navigation.leave(() => {
      this.navigation.section = 'all';
      this.#choose(null);
      void this.list.narrow(noFilter, 'all');
    });
  }

  /**
   * Opens the dialog that makes a record.
   *
   * @param kind - Name of its kind.
   * @param given - Values to begin with, by field.
   */
  create(kind: string, given: Readonly<Record<string, string>> = {}): void {
    this.navigation.leave(() => {
      this.navigation.creating = { kind, given };
      this.navigation.dialog = 'create';
    });
  }

  /**
   * Opens the export of a record as soon as it is shown.
   *
   * @param id - Of the record; {@link goTo} was called for it.
   * @param format - To begin with; null for the usual one.
   */
  exportWhenShown(id: string, format: ExportFormat | null): void {
    void this.current.open(id).then(() => {
      if (this.current.detail?.id !== id) return;
      this.navigation.exportFormat = format;
      this.navigation.dialog = 'export';
    });
  }

  /**
   * Goes to a record wherever the user is.
   *
   * @param id - Of the record.
   * @param step - That it begins with as soon as it is shown; null for none.
   */
  goTo(id: string, step: FirstStep | null = null): void {
    this.navigation.leave(() => {
      this.navigation.section = 'all';
      this.selection.end();
      this.#choose(id, step);
      void this.list.show('all');
    });
  }

  /**
   * Opens the form of a record.
   *
   * @param id - Of the record.
   * @param field - Name of the field that takes the focus; null for the first one.
   */
  edit(id: string, field: string | null = null): void {
    this.navigation.leave(() => {
      if (this.navigation.selectedId !== id) this.goTo(id);
      void this.current.open(id).then(() => {
        this.current.firstField = field;
        this.current.isEditing = this.current.detail?.id === id;
      });
    });
  }

  /**
   * Opens the export of a record.
   *
   * @param id - Of the record.
   */
  export(id: string): void {
    this.navigation.leave(() => {
      if (this.navigation.selectedId !== id) this.goTo(id);
      this.exportWhenShown(id, null);
    });
  }

  /**
   * Chooses a record of the list.
   *
   * @param id - Of the record; null for none.
   */
  select(id: string | null): void {
    if (id === this.navigation.selectedId) return;
    this.navigation.leave(() => this.#choose(id));
  }

  /**
   * Shows a record that was just made.
   *
   * @param detail - As it came over the bridge.
   */
  async showNew(detail: RecordDetail): Promise<void> {
    this.navigation.dialog = null;
    this.navigation.section = 'all';
    this.selection.end();
    this.navigation.selectedId = detail.id;
    this.current.show(detail);
    await this.list.show('all');
    this.isRecordFocusDue = true;
  }

  /**
   * Copies a field and says so.
   *
   * @param field - Descriptor of a copyable field.
   */
  async copy(field: FieldDescriptor): Promise<void> {
    this.report(await this.current.copy(field.name), copiedWords(field.isSecret));
  }

  /** Shows what is there after a backup took the place of the vault. */
  async restored(): Promise<void> {
    this.notices.show(say('workspace.restored-the-vault-of-before'));
    this.#choose(null);
    await Promise.all([this.list.show('all'), this.settings.load(), this.settings.loadIntegrity(), this.ways.load()]);
  }

  /** Moves the open record to the trash, with a way back. */
  trash(): Promise<void> {
    return this.#trash.put();
  }

  /** Takes the open record out of the trash. */
  restore(): Promise<void> {
    return this.#trash.takeOut();
  }

  /** Deletes the open record for ever. */
  async purge(): Promise<void> {
    this.navigation.dialog = null;
    await this.#trash.empty();
  }

  /**
   * Says briefly what came of a step.
   *
   * @param answer - Of the bridge.
   * @param text - What to say if it worked.
   */
  report(answer: Answer<unknown>, text: string): void {
    if (answer.ok) this.notices.show(text);
    else this.notices.show(sentenceOf(answer.error), { tone: 'failure' });
  }

  #choose(id: string | null, step: FirstStep | null = null): void {
    this.navigation.selectedId = id;
    this.navigation.firstStep = id === null || step === null ? null : { recordId: id, step };
    void this.current.open(id);
  }

  async #loadKinds(): Promise<void> {
    const answer = await ask(() => this.api.kinds.list({}));
    if (answer.ok) this.kinds = answer.value;
    else this.notices.show(sentenceOf(answer.error), { tone: 'failure' });
  }

  async #recordsChanged(): Promise<void> {
    this.facets.loadSoon();
    await this.list.reload();
    // A form that is open keeps what was typed.
    if (!this.current.isEditing) await this.current.refresh();
    if (this.navigation.section === 'exports') await this.exportedFiles.load();
    this.#loadActivity();
  }

  #loadActivity(): void {
    if (this.navigation.section === 'activity') void this.activity.load();
  }
}

function isOfList(section: Section): section is ListView {
  return section === 'all' || section === 'favourites' || section === 'trash';
}
