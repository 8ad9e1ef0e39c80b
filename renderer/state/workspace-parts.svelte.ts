import type { CofferApi } from '../../preload/contract';
import { Activity } from './activity.svelte';
import { Backups } from './backups.svelte';
import { BulkSteps } from './bulk.svelte';
import { ClipboardCountdown } from './clipboard-countdown.svelte';
import { CurrentRecord } from './current-record.svelte';
import { Drafts } from './drafts.svelte';
import { ExportedFiles } from './exported-files.svelte';
import { Facets } from './facets.svelte';
import { Health } from './health.svelte';
import { ListMemory } from './list-memory';
import { Navigation } from './navigation.svelte';
import { Notices } from './notices.svelte';
import { Outside } from './outside.svelte';
import { RecordList } from './records.svelte';
import { Selection } from './selection.svelte';
import type { KindDescriptor } from './types';
import { Updates } from './updates.svelte';
import { VaultSettings } from './vault-settings.svelte';
import { WaysIn } from './ways-in.svelte';

/** The parts that stand behind the main layout of an unlocked vault. */
export class WorkspaceParts {
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
  /** What the list showed last. */
  readonly memory: ListMemory;
  /** What the list can be narrowed by. */
  readonly facets: Facets;
  /** What should be mended. */
  readonly health: Health;
  /** What was done with the vault. */
  readonly activity: Activity;
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

  constructor(api: CofferApi) {
    this.api = api;
    this.clipboard = new ClipboardCountdown(api, this.notices);
    this.drafts = new Drafts(api);
    this.list = new RecordList(api);
    this.memory = new ListMemory(api, this.list);
    this.facets = new Facets(api);
    this.health = new Health(api);
    this.activity = new Activity(api, () => this.kinds);
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
}
