// The one arrangement of this sitting: leaving the screen for a story and coming back loses no step.
import { api } from '../desk.svelte.js';
import { say } from '../words.js';
import { Arrangement } from './arrangement.svelte.js';

export const front = new Arrangement(api);

const NEVER_SHOWS = ['withdrawn', 'spiked'];

/** Stories that can be put on the front, as [{ key, name, also, story }]; the last changed where nothing is typed. */
export async function lookForSlots(q) {
  const { stories } = await api.get('/stories', { q, limit: 20 });
  const fitting = stories.filter((story) => !front.has(story.id) && !NEVER_SHOWS.includes(story.state));
  return fitting.map((story) => ({ key: story.id, name: story.headline || say('no-headline-yet'), also: say(`state-${story.state}`), story }));
}
