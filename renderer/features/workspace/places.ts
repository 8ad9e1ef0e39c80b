import type { Component } from 'svelte';
import type { Section } from '../../state/navigation.svelte';
import {
  ActivityIcon,
  BackupIcon,
  FileIcon,
  GuideIcon,
  HealthIcon,
  HelpIcon,
  ItemsIcon,
  SettingsIcon,
  StarIcon,
  TrashIcon,
  WaysIcon,
} from '../../ui/icons';

/** An entry of the sidebar that is always there. */
export interface Place {
  readonly section: Section;
  readonly label: string;
  readonly Icon: Component<{ size?: number }>;
}

/** Above kinds, accounts and tags. */
export const upperPlaces: readonly Place[] = [
  { section: 'all', label: 'All items', Icon: ItemsIcon },
  { section: 'favourites', label: 'Favourites', Icon: StarIcon },
  { section: 'guide', label: 'Guide', Icon: GuideIcon },
  { section: 'health', label: 'Health', Icon: HealthIcon },
];

/** Below them. */
export const lowerPlaces: readonly Place[] = [
  { section: 'trash', label: 'Trash', Icon: TrashIcon },
  { section: 'exports', label: 'Exported files', Icon: FileIcon },
  { section: 'activity', label: 'Activity', Icon: ActivityIcon },
  { section: 'ways', label: 'Ways in', Icon: WaysIcon },
  { section: 'backups', label: 'Backups', Icon: BackupIcon },
  { section: 'settings', label: 'Settings', Icon: SettingsIcon },
  { section: 'help', label: 'Help', Icon: HelpIcon },
];
