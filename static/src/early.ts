/** Before anything is painted: the landing the page was built with must not show in another theme, language or place than this visitor's. */
import { language } from './ui/language.ts';
import { linkOf, recallLink } from './ui/live/api.ts';
import { parseRoute } from './ui/route.ts';
import { pressed, wayTo } from './ui/still.ts';
import { recall } from './ui/storage.ts';

const root = document.documentElement;
const theme = recall('theme');
if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
if (parseRoute(location.hash).screen !== 'landing' || language() !== root.lang || linkOf(location.hash) || recallLink()) root.dataset.elsewhere = '';

// Links work by themselves; a button waits for what it does.
addEventListener('click', (e) => {
  const still = document.getElementById('still');
  const control = (e.target as Element).closest('button, label');
  if (!still || !control || !still.contains(control)) return;
  e.preventDefault();
  still.setAttribute(pressed, wayTo(control, still).join(' '));
}, true);
