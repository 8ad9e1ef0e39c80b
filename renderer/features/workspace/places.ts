import type { Component } from 'svelte';
import { say } from '../../../preload/words/say';
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
  { section: 'all', label: say('places.all-items'), Icon: ItemsIcon },
  { section: 'favourites', label: say('places.favourites'), Icon: StarIcon },
  { section: 'guide', label: say('places.guide'), Icon: GuideIcon },
  { section: 'health', label: say('places.health'), Icon: HealthIcon },
];

/** Below them. */
export const lowerPlaces: readonly Place[] = [
  { section: 'trash', label: say('places.trash'), Icon: TrashIcon },
  { section: 'exports', label: say('places.exported-files'), Icon: FileIcon },
  { section: 'activity', label: say('places.activity'), Icon: ActivityIcon },
  { section: 'ways', label: say('places.ways-in'), Icon: WaysIcon },
  { section: 'backups', label: say('places.backups'), Icon: BackupIcon },
  { section: 'settings', label: say('places.settings'), Icon: SettingsIcon },
  { section: 'help', label: say('places.help'), Icon: HelpIcon },
];
