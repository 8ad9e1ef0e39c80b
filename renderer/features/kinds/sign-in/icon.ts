export { default as KindIcon } from '@lucide/svelte/icons/user-round';
