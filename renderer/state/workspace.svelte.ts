import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { Backups } from './backups.svelte';
import { BulkSteps } from './bulk.svelte';
import { ClipboardCountdown } from './clipboard-countdown.svelte';
import { CurrentRecord } from './current-record.svelte';
import { Facets } from './facets.svelte';
import { headingOf } from './list-heading';
import { Health } from './health.svelte';
import { Drafts } from './drafts.svelte';
import { ExportedFiles } from './exported-files.svelte';
import { Navigation, type Section } from './navigation.svelte';
import { Notices } from './notices.svelte';
import { Outside } from './outside.svelte';
import { RecordList, noFilter } from './records.svelte';
import { Selection } from './selection.svelte';
import { TrashSteps } from './trash-steps';
import { Updates } from './updates.svelte';
import { VaultSettings } from './vault-settings.svelte';
import { sentenceOf } from './sentence';
import { WaysIn } from './ways-in.svelte';
import type { Answer, ExportFormat, FieldDescriptor, KindDescriptor, ListFilter, RecordDetail } from './types';

/** Everything behind the main layout of an unlocked vault. Made after unlocking, gone with the page. */
export class Workspace {
  /** The bridge, for forms that live as long as their dialog. */
  readonly api: CofferApi;
  /** Short messages. */
  readonly notices = new Notices();
  /** The countdown of a copied secret. */
  readonly clipboard: ClipboardCountdown;
  /** Forms that are not saved. */
  readonly drafts: Drafts;
  /** Rows of the list. */
  readonly list: RecordList;
  /** What the list can be narrowed by. */
  readonly facets: Facets;
  /** What should be mended. */
  readonly health: Health;
  /** Rows that were ticked. */
  readonly selection: Selection;
  /** Steps that many records take at once. */
  readonly bulk: BulkSteps;
  /** The record in the detail pane. */
  readonly current: CurrentRecord;
  /** Files that exports left. */
  readonly exportedFiles: ExportedFiles;
  /** Settings and the check of all records. */
  readonly settings: VaultSettings;
  /** Tray and quick access. */
  readonly outside: Outside;
  /** The check for updates. */
  readonly updates: Updates;
  /** Ways into the vault. */
  readonly ways: WaysIn;
  /** Backups of the vault. */
  readonly backups: Backups;
  /** Section, chosen record, open dialog. */
  readonly navigation: Navigation;
  /** Credential kinds with their field descriptors. */
  kinds = $state.raw<readonly KindDescriptor[]>([]);
  /** True while the list should take the focus, because what had it is gone. */
  isListFocusDue = $state(false);
  readonly #trash = new TrashSteps(this);

  constructor(api: CofferApi) {
    this.api = api;
    this.clipboard = new ClipboardCountdown(api, this.notices);
    this.drafts = new Drafts(api);
    this.list = new RecordList(api);
    this.facets = new Facets(api);
    this.health = new Health(api);
    this.selection = new Selection(this.list);
    this.bulk = new BulkSteps(api, this.notices);
    this.current = new CurrentRecord(api);
    this.exportedFiles = new ExportedFiles(api);
    this.settings = new VaultSettings(api);
    this.outside = new Outside(api);
    this.updates = new Updates(api);
    this.ways = new WaysIn(api);
    this.backups = new Backups(api);
    this.navigation = new Navigation(() => this.current.hasUnsavedChanges);
  }

  /**
   * Loads what the layout needs and follows changes.
   *
   * @returns Ends it.
   */
  connect(): () => void {
    void this.#loadKinds();
    void this.drafts.load();
    void this.list.show('all');
    void this.facets.load();
    const endSettings = this.settings.connect();
    const endOutside = this.outside.connect();
    const endUpdates = this.updates.connect();
    const endWays = this.ways.connect();
    const endClipboard = this.clipboard.connect();
    const endRecords = this.api.on('records:changed', () => void this.#recordsChanged());
    return () => {
      this.facets.end();
      for (const end of [endSettings, endOutside, endWays, endClipboard, endRecords]) end();
      endSettings();
      endUpdates();
      endWays();
      endRecords();
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
      else if (section !== 'backups' && section !== 'guide' && section !== 'health') void this.list.show(section);
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
   * @param format - To begin with.
   */
  exportWhenShown(id: string, format: ExportFormat): void {
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
   */
  goTo(id: string): void {
    this.navigation.leave(() => {
      this.navigation.section = 'all';
      this.selection.end();
      this.#choose(id);
      void this.list.show('all');
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
  }

  /**
   * Copies a field and says so.
   *
   * @param field - Descriptor of a copyable field.
   */
  async copy(field: FieldDescriptor): Promise<void> {
    const text = field.isSecret ? 'Copied' : 'Copied. Not secret, so it stays there';
    this.report(await this.current.copy(field.name), text);
  }

  /** Shows what is there after a backup took the place of the vault. */
  async restored(): Promise<void> {
    this.notices.show('Restored. The vault of before is kept aside.');
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

  #choose(id: string | null): void {
    this.navigation.selectedId = id;
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
  }
}
