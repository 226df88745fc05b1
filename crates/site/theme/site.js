// The reader's script: brings the rest of a story through its gate, lets a nudge be put away, and shows what its reader asks
// to see of another site. Every page reads without it.
"use strict";

(() => {
  // Longer than this and the reader is better served by the link to the whole page.
  const GATE_WAIT_MILLISECONDS = 8000;

  for (const place of document.querySelectorAll("[data-gate]")) openGate(place);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-dismiss], [data-frame]");
    if (button?.dataset.frame) showOrClose(button);
    else if (button) putAway(button.closest("[data-nudge]"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") putAway(event.target.closest?.("[data-nudge]"));
  });
  showButtons(document);

  async function openGate(place) {
    try {
      const answer = await askGate(place.dataset.gate);
      settle(place, answer);
    } catch {
      fail(place);
    }
  }

  // The mode and credentials are those of the preload in the head, or the browser would ask twice and the meter hear two.
  async function askGate(url) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), GATE_WAIT_MILLISECONDS);
    try {
      const response = await fetch(url, { mode: "cors", credentials: "same-origin", signal: patience.signal });
      const ours = (response.headers.get("Content-Type") || "").startsWith("text/html");
      if (response.status !== 200 || response.redirected || !ours) throw new Error("not a gate's answer");
      return { standing: response.headers.get("Dateline-Standing") || "", html: await response.text() };
    } finally {
      clearTimeout(timer);
    }
  }

  function settle(place, { standing, html }) {
    const text = place.parentElement;
    const before = text.querySelector(":scope > .footnotes");
    const held = [place, before].some((part) => part?.contains(document.activeElement));
    place.innerHTML = html;
    place.dataset.standing = standing;
    const notes = place.querySelector(".footnotes");
    if (notes) replaceNotes(text, before, notes);
    showButtons(place);
    if (held) place.focus({ preventScroll: true });
    say(place, standing === "closed" ? place.dataset.closed : place.dataset.opened);
    goToAddress(place);
  }

  // The notes of the whole story stand once, at its end, where those of the opening stood.
  function replaceNotes(text, before, notes) {
    before?.remove();
    text.append(notes);
  }

  function fail(place) {
    place.dataset.standing = "failed";
    const words = document.createElement("p");
    words.className = "gate-failed";
    words.textContent = place.dataset.failed;
    place.prepend(words);
    say(place, place.dataset.failed);
  }

  function say(place, words) {
    const ear = place.nextElementSibling;
    if (ear?.getAttribute("role") === "status") ear.textContent = words;
  }

  // An address that ends in #something may point into text that has only now arrived.
  function goToAddress(place) {
    const name = decodeURIComponent(location.hash.slice(1));
    const target = name && document.getElementById(name);
    if (target && place.parentElement.contains(target)) target.scrollIntoView();
  }

  // What only the script can do is hidden until it is here.
  function showButtons(within) {
    for (const part of within.querySelectorAll("[data-dismiss], .offer")) part.hidden = false;
  }

  // Until its reader asks for it, nothing of another site is asked for anything. Where the frame stood the card stands again.
  function showOrClose(button) {
    const place = button.closest(".embed");
    const { shown } = place;
    const { close } = button.dataset;
    button.dataset.close = button.textContent;
    button.textContent = close;
    if (shown) {
      shown.frame.replaceWith(shown.card);
      place.shown = null;
      return;
    }
    const card = place.querySelector(".embed-card");
    const frame = frameOf(button.dataset, card.textContent);
    card.replaceWith(frame);
    place.shown = { card, frame };
    frame.focus();
  }

  // Its own origin, which a player needs for its storage, is safe to leave it: that is another host than ours, which serves
  // these frames and has no session, no cookie of ours and no other page. It cannot lead this page elsewhere, or send a form.
  function frameOf({ frame: address, width, height }, title) {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
    frame.allow = "encrypted-media; fullscreen; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "no-referrer";
    frame.loading = "lazy";
    frame.title = title;
    const shape = width ? { aspectRatio: `${width} / ${height}` } : { height: `${height}px` };
    Object.assign(frame.style, { display: "block", width: "100%", border: "0", ...shape });
    frame.src = address;
    return frame;
  }

  function putAway(nudge) {
    if (!nudge) return;
    const after = nudge.closest("[tabindex]") || document.querySelector("main");
    nudge.remove();
    after.focus({ preventScroll: true });
  }
})();
