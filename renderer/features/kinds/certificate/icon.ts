export { default as KindIcon } from '@lucide/svelte/icons/file-badge';
