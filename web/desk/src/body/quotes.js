// The quotation marks of a language, by one key: around what is chosen, or a pair with the caret between.
import { TextSelection } from 'prosemirror-state';

// As CLDR 46 has them (main/*/characters: quotationStart, quotationEnd); French sets a narrow space within.
const MARKS = {
  en: '“”', ar: '”“', bg: '„“', cs: '„“', da: '“”', de: '„“', el: '«»', es: '«»', fa: '«»', fi: '””', fr: ['«\u202f', '\u202f»'], he: '””', hu: '„”', it: '«»', ja: '「」', nl: '‘’', no: '«»', nb: '«»', nn: '«»',
  pl: '„”', ro: '„”', ru: '«»', sk: '„“', sl: '„“', sv: '””', uk: '«»',
};

/** The opening and closing mark of the language `tag`. */
export const marksOf = (tag) => [...(MARKS[String(tag ?? '').split('-')[0].toLowerCase()] ?? MARKS.en)];

/** Sets the marks of the block's own language, or else of the story's; `flow()` answers the story's { lang }. */
export const quoteMarks = (flow) => (state, dispatch) => {
  const { $from, $to, from, to, empty } = state.selection;
  if (!(state.selection instanceof TextSelection) || !$from.sameParent($to) || $from.parent.type.spec.code) return false;
  const [open, close] = marksOf($from.parent.attrs.lang ?? flow().lang);
  // The caret goes on behind what is quoted, or stands between the marks to write in.
  const tr = state.tr.insertText(close, to).insertText(open, from);
  const at = empty ? from + open.length : to + open.length + close.length;
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, at)).scrollIntoView());
  return true;
};
