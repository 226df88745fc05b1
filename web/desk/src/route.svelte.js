// Where in the desk we are: the part of the address after `#`, and the one real path, for enrolment.

export const route = $state({ screen: 'stories', id: null, query: {} });

/** Reads the address now and whenever it changes. */
export function followRoute() {
  const read = () => Object.assign(route, parse(location.pathname, location.hash));
  window.addEventListener('hashchange', read);
  read();
}

/** Goes somewhere: `go('/stories/42')`. */
export function go(path) {
  location.hash = `#${path}`;
}

/** Changes the address without a step in the browser's history. */
export function settle(path) {
  history.replaceState(null, '', `#${path}`);
  Object.assign(route, parse(location.pathname, location.hash));
}

/** The screen of an address; unknown ones are the list of stories. */
export function parse(pathname, hash) {
  if (/\/enrol\/?$/.test(pathname)) return { screen: 'enrol', id: null, query: {} };
  const [path, search = ''] = hash.replace(/^#/, '').split('?');
  const query = Object.fromEntries(new URLSearchParams(search));
  const [first, second] = path.split('/').filter(Boolean);
  if (first === 'gallery') return { screen: 'gallery', id: null, query };
  if (first === 'front') return { screen: 'front', id: null, query };
  if (first === 'trust-pages') return second ? { screen: 'trust-page', id: plain(second), query } : { screen: 'trust-pages', id: null, query };
  if (first === 'pictures') return second ? { screen: 'picture', id: plain(second), query } : { screen: 'pictures', id: null, query };
  if (first === 'tasks') return { screen: 'tasks', id: null, query };
  if (first === 'sections') return { screen: 'sections', id: null, query };
  if (first === 'stories' && second) return { screen: 'story', id: plain(second), query };
  return { screen: 'stories', id: null, query };
}

// A broken escape is an address nobody has; the screen says so.
function plain(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
