// Takes the caret to a field by its name.

/** Puts the focus into the first place of the field; says whether there is one. */
export function focusField(name) {
  const place = document.querySelector(`[data-field="${CSS.escape(name.split(/[.[]/)[0])}"]`);
  const inside = place?.querySelector('input, textarea, select, button, [contenteditable]');
  place?.closest('details')?.setAttribute('open', '');
  inside?.focus();
  return Boolean(inside);
}
