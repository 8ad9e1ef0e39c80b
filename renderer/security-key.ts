import { mount } from 'svelte';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import SecurityKeyScreen from './features/security-key/SecurityKeyScreen.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('security-key.html: expected an element with the id "app"');
// Chromium leaves the member out where an origin may not use it, whatever the types say.
const keys = 'credentials' in navigator ? navigator.credentials : undefined;
mount(SecurityKeyScreen, { target, props: { api: window.coffer, keys } });
