import { mount } from 'svelte';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import SheetScreen from './features/sheet/SheetScreen.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('sheet.html: expected an element with the id "app"');
mount(SheetScreen, { target, props: { api: window.coffer } });
