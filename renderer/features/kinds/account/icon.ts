export { default as KindIcon } from '@lucide/svelte/icons/building-complex';
