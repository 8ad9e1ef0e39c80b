import { mount } from 'svelte';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import QuickAccessScreen from './features/quick-access/QuickAccessScreen.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('quick-access.html: expected an element with the id "app"');
mount(QuickAccessScreen, { target, props: { api: window.coffer } });
