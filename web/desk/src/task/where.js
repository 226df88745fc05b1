// Where the desk opens the place of a task.

/** The address within the desk, or null for a place that has no screen of its own and is looked at on the site. */
export function deskAddress({ place, story, trust_page }) {
  if (place === 'story') return `#/stories/${story}`;
  if (place === 'trust_page') return `#/trust-pages/${encodeURIComponent(trust_page)}`;
  return null;
}
