import { render } from 'preact';
import { App } from './app.tsx';
import { preferred_language, speak } from './words/index.ts';

const root = document.getElementById('app');
if (root) void speak(preferred_language()).then(() => render(<App/>, root));
