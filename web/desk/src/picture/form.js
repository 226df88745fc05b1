// Which fields of a picture stand in which group, and how each is written: a line, lines, chips, a day, an address, parts of its own.

export const GROUPS = [
  { group: 'words', isOpen: true, names: [['caption', 'lines'], ['alt', 'lines'], ['credit', 'line'], ['headline', 'line']] },
  { group: 'rights', isOpen: true, names: [['creators', 'chips'], ['copyright', 'line'], ['source', 'line'], ['usage_terms', 'lines'], ['rights_end', 'day'], ['licensor', 'parts'], ['web_statement', 'address']] },
  { group: 'where', isOpen: true, names: [['place', 'parts'], ['taken', 'day'], ['event', 'line'], ['persons', 'chips']] },
  { group: 'labels', isOpen: false, names: [['keywords', 'chips'], ['title', 'line'], ['extended_description', 'lines'], ['caption_writer', 'line'], ['instructions', 'lines'], ['job', 'line'], ['digital_source_type', 'address'], ['data_mining', 'address']] },
];

/** The parts of a field that is told whole. */
export const PARTS = { place: ['sublocation', 'city', 'state', 'country', 'country_code'], licensor: ['name', 'url'] };
