// Light, dark, or as the computer has it.
const DRAWER = 'desk:scheme';

/** Sets the scheme chosen last time. */
export function restoreScheme() {
  set(read());
}

/** From as-the-computer to light to dark and round again. */
export function turnScheme() {
  const next = { '': 'light', light: 'dark', dark: '' }[read()] ?? '';
  try {
    localStorage.setItem(DRAWER, next);
  } catch {
    // A browser without storage forgets the choice; nothing else depends on it.
  }
  set(next);
}

function read() {
  try {
    return localStorage.getItem(DRAWER) ?? '';
  } catch {
    return '';
  }
}

function set(scheme) {
  if (scheme) document.documentElement.dataset.scheme = scheme;
  else delete document.documentElement.dataset.scheme;
}
