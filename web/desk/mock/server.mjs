// A newsroom in memory that answers as API.md says, for working on the desk and walking through it. Never shipped.
// `npm run build && npm run mock`, then open the printed address. Sign in with ada@example.org, `correct horse battery`, 123456.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { Newsroom, Problem } from './newsroom.mjs';
import { previewOf } from './preview.mjs';

const PORT = Number(process.env.PORT ?? 8399);
const DIST = new URL('../dist', import.meta.url).pathname;
/** Largest body taken, bytes. */
const MAX_BODY = 8_000_000;

// What the desk must run under (PROOFS: no inline script or style, trusted types, nobody else's server).
const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self'", "frame-src 'self'",
  "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
  "require-trusted-types-for 'script'", 'trusted-types svelte-trusted-html ProseMirrorClipboard',
].join('; ');
const KINDS = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.md': 'text/markdown; charset=utf-8' };

const newsroom = new Newsroom();

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://desk');
  try {
    if (url.pathname.startsWith('/api/v1/')) await answerApi(request, response, url);
    else if (url.pathname.startsWith('/_preview/')) answerPreview(request, response, url);
    else if (url.pathname.startsWith('/_mock/')) await answerMock(request, response, url);
    else await answerFile(response, url.pathname);
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem(500, 'A fault of the mock', { detail: String(error.stack) });
    response.writeHead(problem.status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem.body));
  }
}).listen(PORT, '127.0.0.1', () => console.log(`desk: http://127.0.0.1:${PORT}/desk/`));

async function answerApi(request, response, url) {
  const body = await bodyOf(request);
  const session = /(?:^|; )staff=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
  const revision = request.headers['if-match'] === undefined ? null : Number(request.headers['if-match'].replaceAll('"', ''));
  const parts = url.pathname.slice('/api/v1/'.length).split('/').map(decodeURIComponent);
  const answer = newsroom.answer({ method: request.method, parts, query: Object.fromEntries(url.searchParams), body, session, revision, key: request.headers['idempotency-key'] });
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  if (answer.body?.revision) headers.etag = `"${answer.body.revision}"`;
  if (answer.session !== undefined) headers['set-cookie'] = `staff=${answer.session}; HttpOnly; SameSite=Lax; Path=/`;
  response.writeHead(answer.status ?? 200, headers).end(answer.status === 204 ? undefined : JSON.stringify(answer.body));
}

function answerPreview(request, response, url) {
  const story = newsroom.stories.get(url.pathname.split('/').at(-1));
  response.writeHead(story ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; frame-ancestors 'self'" });
  response.end(story ? previewOf(story, url.searchParams.get('as')) : 'No such story');
}

// Another hand, a lapsed session: what a walk needs and no newsroom has.
async function answerMock(request, response, url) {
  newsroom.mock(url.pathname.slice('/_mock/'.length), await bodyOf(request));
  response.writeHead(204).end();
}

async function answerFile(response, pathname) {
  if (!pathname.startsWith('/desk')) return void response.writeHead(302, { location: '/desk/' }).end();
  const name = normalize(pathname.replace(/^\/desk\/?/, ''));
  const file = extname(name) && !name.startsWith('..') ? name : 'index.html';
  const bytes = await readFile(join(DIST, file)).catch(() => { throw new Problem(404, 'No such file'); });
  response.writeHead(200, { 'content-type': KINDS[extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' }).end(bytes);
}

async function bodyOf(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > MAX_BODY) throw new Problem(413, 'Too long');
  }
  return text ? JSON.parse(text) : {};
}
