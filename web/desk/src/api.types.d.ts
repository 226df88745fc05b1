// What the desk's client knows of the API, taken from the types that are generated from its description.
import type { components, paths } from './api.generated';

export type Problem = components['schemas']['Problem'];

/** What went wrong, as one of six plain kinds. */
export type Kind = 'offline' | 'signed-out' | 'stale' | 'refused' | 'missing' | 'fault';

/** What a write may say beside its body: the revision it is made upon, and its one key. */
export interface Options {
  revision?: number;
  key?: string;
}

/** What may stand in a query; what says nothing is left out. */
export type Query = Record<string, string | number | boolean | null | undefined>;

/** The answer to a GET of an address without moving parts; of the others, whatever came. */
export type AnswerAt<Path extends string> = `/api/v1${Path}` extends keyof paths
  ? paths[`/api/v1${Path}`] extends { get: { responses: { 200: { content: { 'application/json': infer Answer } } } } }
    ? Answer
    : never
  : any;

export interface Api {
  get<Path extends string>(path: Path, query?: Query): Promise<AnswerAt<Path>>;
  post(path: string, body?: unknown, options?: Options): Promise<any>;
  put(path: string, body?: unknown, options?: Options): Promise<any>;
  patch(path: string, body?: unknown, options?: Options): Promise<any>;
  delete(path: string, options?: Options): Promise<any>;
}
