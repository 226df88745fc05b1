// Opens the desk.
import { mount } from 'svelte';
import App from './App.svelte';
import './style/base.css';
import './style/parts.css';
import './style/editor.css';
import { direction, language } from './words.js';
import { restoreScheme } from './scheme.js';

document.documentElement.lang = language;
document.documentElement.dir = direction;
restoreScheme();
mount(App, { target: document.getElementById('desk') });
