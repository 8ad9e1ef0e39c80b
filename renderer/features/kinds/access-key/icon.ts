export { default as KindIcon } from '@lucide/svelte/icons/key-square';
