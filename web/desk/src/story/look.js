// What the server knows for a few typed letters.
import { api } from '../desk.svelte.js';

/** Suggestions of `/topics` or `/people` as [{ key, name, also }]. */
export const lookFor = (kind) => async (q) => {
  if (!q) return [];
  const answer = await api.get(`/${kind}`, { q });
  return answer[kind].map((found) => ({ key: found.id ?? found.slug, name: found.name, also: found.stories === undefined ? '' : String(found.stories) }));
};

/** Suggestions of stories; their headlines are kept in `titles` so that chips can show them. */
export const lookForStories = (ownId, titles) => async (q) => {
  if (!q) return [];
  const { stories } = await api.get('/stories', { q, limit: 8 });
  for (const story of stories) titles[story.id] = story.headline;
  return stories.filter((story) => story.id !== ownId()).map((story) => ({ key: story.id, name: story.headline, also: story.section?.name ?? '' }));
};
