// Bytes on their way to the newsroom, with how many have gone; `fetch` cannot tell that, so this is the older way of asking.
import { Trouble } from '../api.js';

/** Longest wait for an answer after the last byte moved, milliseconds: developing a large picture takes some seconds. */
const PATIENCE = 60_000;

/**
 * Sends `bytes` (a Blob) and answers with the JSON that comes back. `onsent(n)` hears how many bytes have gone; `signal` breaks it off.
 * @throws {Trouble} as the client in api.js does; `received` is in it where the server says that it holds more or less than thought.
 */
export function sendBytes(method, path, bytes, { onsent = () => {}, signal } = {}) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open(method, `/api/v1${path}`);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    let still = null;
    const wait = () => { clearTimeout(still); still = setTimeout(() => request.abort(), PATIENCE); };
    request.upload.onprogress = ({ loaded }) => { wait(); onsent(loaded); };
    request.onload = () => { clearTimeout(still); settle(request, done, fail); };
    request.onerror = request.onabort = () => { clearTimeout(still); fail(new Trouble('offline')); };
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    wait();
    request.send(bytes);
  });
}

function settle({ status, response }, done, fail) {
  if (status >= 200 && status < 300 && response) return done(response);
  if (status >= 200 && status < 300) return fail(new Trouble('offline'));
  const trouble = new Trouble(kindOf(status), { ...response, status });
  trouble.received = response?.received ?? null;
  return fail(trouble);
}

function kindOf(status) {
  if (status === 401) return 'signed-out';
  if (status === 409) return 'stale';
  if (status === 404) return 'missing';
  if ([408, 429, 502, 503, 504].includes(status)) return 'offline';
  return status < 500 ? 'refused' : 'fault';
}
