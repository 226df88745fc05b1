// Which particulars a block has, and how they are asked for: [name, kind, limit].

/** Bytes of a caption, credit, speaker or alternative text that the server takes. */
export const MAX_LABEL = 4_000;

export const DETAILS = {
  picture: [['src', 'address', true], ['alt', 'lines'], ['caption', 'lines'], ['credit', 'line'], ['place', 'line'], ['taken', 'line']],
  embed: [['url', 'address', true], ['title', 'line'], ['provider', 'line'], ['caption', 'line']],
  quote: [['speaker', 'line'], ['source', 'address']],
  pull_quote: [['speaker', 'line'], ['source', 'address']],
  table: [['caption', 'line']],
  kept: [],
};
