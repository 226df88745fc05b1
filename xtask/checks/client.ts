// A morning's work by a client that was made from the API's description: every path, body and answer below is typed
// by it, so that this compiles only if the description has them, and runs only if the newsroom does what it says.
//
// Arguments: the newsroom's address, and where its owner joins.
import createClient from 'openapi-fetch';
import type { components, paths } from './api.generated.js';
// @ts-ignore: plain JavaScript of ours, without types.
import { codeAt } from './code.mjs';

declare const process: { argv: string[]; exit(code: number): never };

type Problem = components['schemas']['Problem'];
type Story = components['schemas']['Story'];

const [address = '', joins = ''] = process.argv.slice(2);
const token = new URL(joins, address).searchParams.get('token') ?? '';

/** Fails with what was hoped for; `problem` is what the API said instead. */
function hope(holds: unknown, what: string, problem?: unknown): asserts holds {
  if (holds) return;
  console.error(`client: ${what}`, problem ?? '');
  process.exit(1);
}

/** The owner comes in and makes a token for the client. */
async function tokenOfAMachine(): Promise<string> {
  const owner = createClient<paths>({ baseUrl: address, headers: { 'sec-fetch-site': 'same-origin' } });
  const person = { name: 'Ada Quill', email: 'ada@news.example', password: 'a harbour without ships' };
  const begun = await owner.POST('/api/v1/enrolment', { body: { token, ...person } });
  hope(begun.data, 'the owner could not begin', begun.error);
  const confirmed = await owner.PUT('/api/v1/enrolment/{confirm}', {
    params: { path: { confirm: begun.data.confirm } },
    body: { code: codeAt(begun.data.secret, new Date().toISOString()) },
  });
  hope(confirmed.data?.staff.role === 'owner', 'the owner did not come in', confirmed.error);
  const cookie = confirmed.response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const made = await owner.POST('/api/v1/tokens', {
    headers: { cookie },
    body: { name: 'client', scopes: ['stories:read', 'stories:write', 'publish'] },
  });
  hope(made.data?.token, 'no token was made', made.error);
  return made.data.token;
}

const client = createClient<paths>({
  baseUrl: address,
  headers: { authorization: `Bearer ${await tokenOfAMachine()}` },
});

async function aStoryRuns(): Promise<Story> {
  const { data: sections } = await client.GET('/api/v1/sections');
  const section = sections?.sections[0];
  hope(section, 'there is no section');
  const words = 'Seven hundred people walked over it before noon.';
  const body: components['schemas']['Document'] = {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
  };
  const fields = { headline: 'The bridge is open', section_id: section.id, topics: ['Brigdes'], body };
  const key = crypto.randomUUID();
  const draft = await client.POST('/api/v1/stories', { body: fields, params: { header: { 'Idempotency-Key': key } } });
  hope(draft.data?.state === 'draft', 'no draft', draft.error);
  const again = await client.POST('/api/v1/stories', { body: fields, params: { header: { 'Idempotency-Key': key } } });
  hope(again.data?.id === draft.data.id, 'a repeat made a second story', again.error);
  const at = { story: draft.data.id };
  const etag = draft.response.headers.get('etag') ?? '';
  const revised = await client.PATCH('/api/v1/stories/{story}', {
    params: { path: at, header: { 'If-Match': etag } },
    body: { deck: 'It was closed for a year.' },
  });
  hope(revised.data?.revision === 2, 'no second revision', revised.error);
  const late = await client.PATCH('/api/v1/stories/{story}', {
    params: { path: at, header: { 'If-Match': etag } },
    body: { deck: 'Mine.' },
  });
  const problem: Problem | undefined = late.error;
  hope(problem?.refusals[0]?.key === 'somebody-saved-first', 'two hands were not told apart', problem);
  const out = await client.PUT('/api/v1/stories/{story}/publication', { params: { path: at } });
  hope(out.data?.publication?.revision === 2, 'not published', out.error);
  return out.data;
}

async function everyStoryIsListedOnce(): Promise<number> {
  const seen = new Set<string>();
  let after: string | null = null;
  do {
    const query: { limit: number; after?: string } = after === null ? { limit: 5 } : { limit: 5, after };
    const page = await client.GET('/api/v1/stories', { params: { query } });
    hope(page.data, 'no page', page.error);
    for (const story of page.data.stories) {
      hope(!seen.has(story.id), `${story.headline} is listed twice`);
      seen.add(story.id);
    }
    after = page.data.next;
  } while (after !== null);
  return seen.size;
}

async function aPersonAndALivePage(): Promise<void> {
  const person = await client.POST('/api/v1/people', { body: { name: 'Cora Reed', role: 'Reporter' } });
  hope(person.data?.slug === 'cora-reed', 'nobody was added', person.error);
  const renamed = await client.PUT('/api/v1/people/{person}', {
    params: { path: { person: person.data.id }, header: { 'If-Match': person.response.headers.get('etag') ?? '' } },
    body: { name: 'Cora Smith', role: null, slug: 'cora-smith' },
  });
  hope(renamed.data?.version === 2, 'not renamed', renamed.error);
  const running = await client.POST('/api/v1/running-stories', { body: { name: 'The flood', state: 'breaking' } });
  hope(running.data, 'nothing began', running.error);
  const path = { running: running.data.id };
  const entry = await client.POST('/api/v1/running-stories/{running}/entries', {
    params: { path },
    body: { title: 'The river rises', key_event: true },
  });
  hope(entry.data?.status === 'reported', 'nothing was said', entry.error);
  const down = await client.PUT('/api/v1/running-stories/{running}/entries/{entry}/withdrawal', {
    params: { path: { ...path, entry: entry.data.id } },
    body: { reason: 'It fell.' },
  });
  hope(down.data?.status === 'withdrawn' && down.data.title === null, 'not taken down', down.error);
}

/** The edition follows a publication in a moment; this waits for that moment and no longer. */
async function theTopicIsRenamed(): Promise<void> {
  for (let tried = 0; tried < 50; tried += 1) {
    const topic = await client.GET('/api/v1/topics/{slug}', { params: { path: { slug: 'brigdes' } } });
    if (topic.data === undefined) {
      await new Promise((then) => setTimeout(then, 100));
      continue;
    }
    const renamed = await client.PUT('/api/v1/topics/{slug}', {
      params: { path: { slug: 'brigdes' }, header: { 'If-Match': `"${topic.data.version}"` } },
      body: { name: 'Bridges' },
    });
    hope(renamed.data?.name === 'Bridges', 'not renamed', renamed.error);
    return;
  }
  hope(false, 'the topic never came');
}

const story = await aStoryRuns();
const stories = await everyStoryIsListedOnce();
await aPersonAndALivePage();
await theTopicIsRenamed();
const rate = (await client.GET('/api/v1/people')).response.headers.get('ratelimit');
hope(rate?.startsWith('"reading";r='), 'no rate is told', rate);
console.log(`client: ${story.url} ran, ${stories} stories listed once each, a person, a live page and a topic changed`);
