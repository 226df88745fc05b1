# Every word the site shows, in English.
# Dates and times arrive already worded ($date, $time, $when); numbers arrive as numbers.

## Frame: around every page

frame-title = { $title } – { $site }
frame-skip = Skip to the text
frame-sections = Sections
frame-search = Search
frame-about = About { $site }
frame-feed = Feed (RSS)
frame-top = Back to the top
frame-archive = Archive
frame-corrections = What we got wrong

## Cards: a story in a list

card-updated = Updated
card-live = Live
card-registered = For registered readers

## Front

front-live = Live
front-newest = More news
front-empty-title = The first stories are being written
front-empty-text = Nothing has been published here yet. The feed tells you when it has.

## Lists: section, topic, author, date, and paging

list-label-section = Section
list-label-topic = Topic
list-label-author = Author
list-label-date = Archive
list-empty = No stories here yet.
list-languages = Writes in { $languages }
list-feed = Feed of this page
feed-goes-on = Read on
feed-correction = { $label }: { $headline }
paging = Pages
paging-at = Page { $number } of { $of }
paging-previous = Newer
paging-next = Older

## Story

story-by = By
story-and = and
story-dateline = { $place }, { $date } –
story-dateline-place = { $place } –
story-published = Published { $when }
story-updated = Updated { $when }
story-whats-new = What is new:
story-what-changed = What changed
story-free = Free to read: this story concerns public safety.
story-live = Live now
story-credit = Picture: { $credit }
story-taken = { $place }, { $date }
story-topics = Topics
story-people = People
story-places = Places
story-related = Related
story-sources = How we know this
story-footnotes = Notes
story-gate-link = Read the whole story
story-gate-opened = The whole story is open.
story-gate-closed = The rest of this story is closed for now. What can be done stands in its place.
story-gate-failed = The rest of the story did not arrive. The link below opens it as a page of its own.
embed-show = Show it here
embed-close = Close it
embed-note = Its provider then learns your internet address.

## Wall: the story is closed until next month or until registration

wall-title = { $read ->
    [one] You have read one story this month.
   *[other] You have read { $read } stories this month.
}
wall-reason = { $limit ->
    [one] One story a month is free to everybody, and we ask those who read more to register.
   *[other] { $limit } stories a month are free to everybody, and we ask those who read more to register.
}
wall-register-text = Registering is free. Once registered, you can read on here now.
wall-register = Register free of charge
wall-way-out = Back to the front page
wall-sign-in-text = Registered already?
wall-sign-in = Sign in
wall-opens = Without registering, you can read on from { $when }, when the count begins again.
wall-not-open-reason = { $limit ->
    [one] One story a month is free to everybody. Registration, which will open the rest, has not begun yet.
   *[other] { $limit } stories a month are free to everybody. Registration, which will open the rest, has not begun yet.
}
wall-come-back = The count begins again on { $when }: come back then, and this story opens.
wall-free-stories = See what is on the front page
wall-again = What you have read this month stays open to you.
wall-title-for-registered = This story is for registered readers.
wall-title-busy-network = Many stories were opened from your network today.
wall-title-unsure = We could not count this story just now.
wall-reason-for-registered = The newsroom keeps it for readers who have registered. Its opening and its sources stay free to read.
wall-reason-busy-network = Your browser brought no count of its own, and the number that a whole network may open without one is used up for today.
wall-reason-unsure = Something broke on our side, and the rest stays closed until it is mended. Nothing was counted; try again in a moment.

## Nudge: from the third story on

nudge-title = { $read ->
    [one] This is your first free story of { $limit } this month.
   *[other] You have read { $read } of { $limit } free stories this month.
}
nudge-text = { $left ->
    [0] It was the last one for this month. Registering is free and lets you read on.
    [one] One more is free; registering costs nothing and lifts the limit.
   *[other] { $left } more are free; registering costs nothing and lifts the limit.
}
nudge-text-not-open = { $left ->
    [0] It was the last one for this month. What you have read stays open to you.
    [one] One more is free; the count begins again next month, and what you have read stays open.
   *[other] { $left } more are free; the count begins again next month, and what you have read stays open.
}
nudge-register = Register free of charge
nudge-dismiss = Not now
nudge-close = Close this note
nudge-label = About your free stories

## Loyal: thanks to a registered reader

loyal-title = { $read ->
    [one] You have read one story with us this month.
   *[other] You have read { $read } stories with us this month.
}
loyal-text = Thank you: readers who come back are why we can do this work.
loyal-label = A word of thanks

## Notes and history: what was changed, and said so

history-title = What changed
history-above = See the note above
note-update = Update
note-refile = Small change
note-correction = Correction
note-clarification = Clarification
note-editors-note = Editors’ note
note-hold = On hold
note-withdrawal = Withdrawal
note-repeat = Re-sent
note-published = Published

## Withdrawn story

gone-label = Withdrawn
gone-title = This story has been withdrawn
gone-was = Its headline was: “{ $headline }”
gone-when = Withdrawn { $when }
gone-reason = Why
gone-history = What we had said about it before
gone-substitute = Read this instead

## Running story and live page

running-label = Running story
running-live = Live
running-summary = What we know
running-reviewed = Last reviewed { $time }
running-key-events = Key events
running-entries = As it happened
running-pinned = Pinned
running-key-event = Key event
running-by = By { $name }
running-lead = The main story
running-stories = Stories
running-empty = No entries yet. The first one appears here.
running-state-watching = Watching
running-state-breaking = Breaking
running-state-developing = Developing
running-state-winding-down = Winding down
running-state-closed = Closed
entry-reported = Reported
entry-confirmed = Confirmed
entry-disputed = Being checked
entry-corrected = Corrected
entry-withdrawn = Withdrawn

## Search

search-title = Search
search-title-for = Search: { $query }
search-label = Words in the headline
search-button = Search
search-total = { $total ->
    [0] Nothing found for “{ $query }”.
    [one] One story found for “{ $query }”.
   *[other] { $total } stories found for “{ $query }”.
}
search-too-long = Search takes up to { $limit } letters, and this was longer. The first { $limit } are in the box: shorten them to a few words and search again.
search-advice-title = What you can try
search-advice-fewer = Use fewer words, or only a name.
search-advice-spelling = Try another spelling, as names are written in more than one way.
search-advice-date = Look under the day it happened.
search-suggestions = These may be near

## Archive

archive-title = Archive
archive-years = Years and months
archive-count = { $count ->
    [one] one story
   *[other] { $count } stories
}

## Where a picture comes from

origin-title = Where this picture comes from
origin-link = Where this picture comes from
origin-stories = It stands in:
origin-vouched = Signed by { $name }. The signature fits the picture as it reached us, and the signer is on the list that this newsroom trusts.
origin-fits = Signed with the name { $name }. The signature fits the picture as it reached us. Nobody we know vouches for that name.
origin-broken = The signature does not match this picture. It was changed after it was signed, or the note of its origin is false; so we do not repeat what the note says.
origin-organisation = Organisation: { $name }
origin-signed-at = Signed { $when }
origin-made-with = Written down by { $program }
origin-made-captured = It says that it was taken with a camera.
origin-made-by-people = It says that people drew or composed it with a program.
origin-made-composite = It says that it was put together from several pictures, or with parts made by a model.
origin-made-by-model = It says that a model made it.
origin-steps = What was done to it, as it says itself
origin-step-with = { $step }, with { $program }
origin-step-created = Made
origin-step-opened = Opened
origin-step-edited = Edited
origin-step-cropped = Cropped
origin-step-resized = Made smaller or larger
origin-step-colour = Colours changed
origin-step-filtered = Filtered
origin-step-drawn = Drawn upon
origin-step-placed = Another picture put in
origin-step-removed = Something taken out
origin-step-turned = Turned
origin-step-converted = Saved in another format
origin-step-published = Published
origin-step-redacted = Something blacked out in the note
origin-step-other = Something else ({ $name })
origin-ingredients = Made from
origin-ingredient-unnamed = a picture without a name
origin-ingredient-broken = { $name } (its own signature did not match)
origin-how = A picture can carry a signed note of where it comes from (C2PA). We check the signature; whether what the note says is true, a signature cannot tell.

## Trust pages

trust-updated = Last changed { $when }

## Corrections page

corrections-title = Corrections
corrections-text = What we got wrong and what is right, and what we took back, newest first. Every note also stands on its story.
corrections-empty = No corrections so far.
corrections-story = In:
corrections-withdrawn = Taken back:

## Problem pages

problem-number = If you write to us about this, give the number { $number }.
problem-front = Go to the front page
problem-newest = Newest stories
problem-status = Status { $status }
problem-bad-request-title = We could not read that address
problem-bad-request-text = Something in the address or the form was not as expected. Nothing was changed.
problem-forbidden-title = This page is not open to you
problem-forbidden-text = It exists, but it needs rights that this visit does not have. Signing in may help.
problem-not-found-title = There is no page here
problem-not-found-text = The address may be mistyped, or the page may have moved before we kept track. The search knows every published story.
problem-method-title = That cannot be done here
problem-method-text = The page is there, but not for this kind of request. Nothing was changed.
problem-too-large-title = That was too large
problem-too-large-text = What was sent is larger than this page accepts. Nothing was kept.
problem-too-many-title = Too many requests
problem-too-many-text = Many requests came from your network in a short time. Wait a minute and try again; nothing is lost.
problem-fault-title = Something broke on our side
problem-fault-text = The fault has been noted. Nothing you sent was changed; try again in a moment.
problem-unavailable-title = We are not ready yet
problem-unavailable-text = The site is starting or resting for a moment. Try again shortly.
