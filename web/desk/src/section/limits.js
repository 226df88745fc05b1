// What a section may be (crates/newsroom/src/section/rules.rs).

/** Characters of a name: it stands in the navigation of every page. */
export const NAME_MOST = 40;
/** Characters of the sentence at the head of its page. */
export const DESCRIPTION_MOST = 300;
/** Who may read its stories, unless a story says otherwise. */
export const ACCESS = ['open', 'metered', 'registered'];
