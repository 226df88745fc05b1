// How the desk asks: JSON on the same origin, and every failure as one of a few plain kinds.
// Its types are those of the API's own description (`cargo xtask client` makes and checks them).
// @ts-check

/** @import { Api, Kind, Options, Problem, Query } from './api.types' */

/** Longest wait for an answer, milliseconds; a slow line is told from a dead one by then. */
export const PATIENCE = 20_000;

/** An answer that is not the one hoped for. `kind`: offline, signed-out, stale, refused, missing, fault. */
export class Trouble extends Error {
  /**
   * @param {Kind} kind
   * @param {Partial<Problem>} problem
   */
  constructor(kind, problem = {}) {
    super(problem.detail || problem.title || kind);
    this.kind = kind;
    this.status = problem.status ?? 0;
    this.number = problem.number ?? null;
    this.refusals = problem.refusals ?? [];
    this.current = problem.current ?? null;
  }
}

/**
 * A client of `/api/v1`; `fetch` is passed in so that tests can stand in for the network.
 * @returns {Api}
 */
export function openApi(fetch = globalThis.fetch.bind(globalThis), base = '/api/v1') {
  /** @type {(method: string, path: string, body?: unknown, options?: Options) => Promise<any>} */
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

/** @param {Query} query */
function queryOf(query = {}) {
  const said = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return said.length > 0 ? `?${new URLSearchParams(/** @type {any} */ (said))}` : '';
}

/**
 * @param {typeof globalThis.fetch} fetch
 * @param {string} address
 * @param {string} method
 * @param {unknown} body
 * @param {Options} options
 */
async function request(fetch, address, method, body, { revision, key } = {}) {
  /** @type {Record<string, string>} */
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

/**
 * A connection that breaks while the answer is read is a broken connection, whatever the status said.
 * @param {Response} answer
 */
async function read(answer) {
  try {
    return await answer.json();
  } catch {
    throw new Trouble('offline');
  }
}

/**
 * @param {typeof globalThis.fetch} fetch
 * @param {string} address
 * @param {RequestInit} options
 */
async function send(fetch, address, options) {
  try {
    return await fetch(address, options);
  } catch {
    throw new Trouble('offline');
  }
}

/**
 * @param {number} status
 * @returns {Kind}
 */
function kindOf(status) {
  if (status === 401) return 'signed-out';
  if (status === 409 || status === 412) return 'stale';
  if (status === 404) return 'missing';
  if ([502, 503, 504].includes(status)) return 'offline';
  return status < 500 ? 'refused' : 'fault';
}
