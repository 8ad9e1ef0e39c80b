// For those who work on Coffer: the server of `npm run dev` shows it, no build has it. Not named as the page is, or `/parts` would be this file.
import { mount } from 'svelte';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import PartsScreen from './features/parts/PartsScreen.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('parts.html: expected an element with the id "app"');
mount(PartsScreen, { target });
