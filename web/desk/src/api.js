// How the desk asks: JSON on the same origin, and every failure as one of four plain kinds.

/** Longest wait for an answer, milliseconds; a slow line is told from a dead one by then. */
export const PATIENCE = 20_000;

/** An answer that is not the one hoped for. `kind`: offline, signed-out, stale, refused, missing, fault. */
export class Trouble extends Error {
  constructor(kind, problem = {}) {
    super(problem.detail || problem.title || kind);
    this.kind = kind;
    this.status = problem.status ?? 0;
    this.number = problem.number ?? null;
    this.refusals = problem.refusals ?? [];
    this.current = problem.current ?? null;
  }
}

/** A client of `/api/v1`; `fetch` is passed in so that tests can stand in for the network. */
export function openApi(fetch = globalThis.fetch.bind(globalThis), base = '/api/v1') {
  const ask = (method, path, body, options = {}) => request(fetch, base + path, method, body, options);
  return {
    get: (path, query) => ask('GET', path + queryOf(query)),
    post: (path, body, options) => ask('POST', path, body, options),
    put: (path, body, options) => ask('PUT', path, body, options),
    patch: (path, body, options) => ask('PATCH', path, body, options),
    delete: (path, options) => ask('DELETE', path, undefined, options),
  };
}

/** A key by which the server knows a repeated write; one per intention, not per attempt. */
export const newKey = () => crypto.randomUUID();

function queryOf(query = {}) {
  const said = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return said.length > 0 ? `?${new URLSearchParams(said)}` : '';
}

async function request(fetch, address, method, body, { revision, key } = {}) {
  const headers = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (revision !== undefined) headers['if-match'] = `"${revision}"`;
  if (key !== undefined) headers['idempotency-key'] = key;
  const answer = await send(fetch, address, {
    method, headers, credentials: 'same-origin', cache: 'no-store',
    body: body === undefined ? undefined : JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.ok) return answer.status === 204 ? null : read(answer);
  throw new Trouble(kindOf(answer.status), { ...(await answer.json().catch(() => ({}))), status: answer.status });
}

// A connection that breaks while the answer is read is a broken connection, whatever the status said.
async function read(answer) {
  try {
    return await answer.json();
  } catch {
    throw new Trouble('offline');
  }
}

async function send(fetch, address, options) {
  try {
    return await fetch(address, options);
  } catch {
    throw new Trouble('offline');
  }
}

function kindOf(status) {
  if (status === 401) return 'signed-out';
  if (status === 409 || status === 412) return 'stale';
  if (status === 404) return 'missing';
  if ([502, 503, 504].includes(status)) return 'offline';
  return status < 500 ? 'refused' : 'fault';
}
