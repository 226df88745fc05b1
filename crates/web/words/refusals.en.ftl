# What we say when we do not do what was asked, in English.
# $field is the field as the API spells it; numbers arrive as numbers.
# Each message says what is wrong and what would be right. The form keeps what was typed.

## The way of asking

not-json = This is not JSON: it breaks off or goes wrong at line { $line }, column { $column }.
not-text = This is not text in UTF-8.
not-this-type = This address takes { $expected }. Say so in Content-Type and send it again.
duplicate-key = “{ $field }” is there twice, and we cannot know which one was meant. Send it once.
too-many-fields = There are more fields than the { $limit } we read.
too-large = This is larger than what this address takes. Nothing was kept.
unknown-parameter = { $takes ->
    [0] This address takes no parameters in its query, and “{ $field }” is one.
   *[other] This address knows no parameter “{ $field }”. It takes: { $known }.
}
unknown-field = We know no field “{ $field }”.
not-an-object = This is JSON, but it is no object: fields between braces.
wrong-type = “{ $field }” has to be { expected }.
wrong-value = “{ $field }” has to be { expected }.
expected = { $expected ->
    [text] text
    [list] a list
    [object] an object
    [yes-or-no] true or false
    [number] a number
    [whole-number] a whole number
    [small-number] a whole number from 0 to 255
    [id] an id as this newsroom gives them, such as 0192f0c0-0000-7000-8000-000000000000
    [moment] a moment such as 2026-11-22T21:45:00Z
    [day] a day such as 2026-11-22
    [tag] one number between quotation marks, as the ETag gave it: "7"
    [ascii] visible ASCII letters without spaces
    [place] the “next” of a list’s answer, as it was given
    [slots] story.weight, story.weight and so on
   *[other] something else, and we cannot say what: see /api/v1/openapi.json
}
foreign-page = This was sent by a page of another site. If it was you, open our own page and do it there.
needs-if-match = Say which revision you changed, in If-Match, so that nobody’s work is overwritten.
idempotency-mismatch = This Idempotency-Key was used for another request. Use a new key.
request-in-progress = The same request is still being worked on. Wait a moment and ask again.

## Who may

not-signed-in = Sign in first. What you typed stays on your screen.
not-allowed = { $right ->
    [write] Your account may not write stories.
    [publish] Your account may not publish, correct or withdraw.
    [withdraw] Your account may not withdraw: that is for a duty editor and those above.
    [administer] Your account does not administer this newsroom.
   *[sign-in] Your account may not do this.
} Somebody who administers this newsroom can change that.
scope-missing = This token lacks the scope “{ $scope }”. It has: { $has }. A token’s scopes stay as they are; somebody who runs the newsroom makes another with “dateline token create --scope { $scope }”.
not-for-tokens = This address is for staff who signed in at the desk; no token opens it.
not-for-readers = This address is for staff and their machines; a reader’s session does not open it.
needs-second-factor = Show your second factor first, then try again.
wrong-sign-in = E-mail address, password and code do not belong together. Check all three; a code lasts half a minute.
wrong-code = This code is not the right one now. Codes change every half minute; check the clock of your device.
expired-token = This link or token has been used or is too old. Ask for a new one.
already-staff = Somebody with this address already works here.
not-an-email = This is not an e-mail address.
too-short = This is too short: at least { $limit } characters.
easily-guessed = This password is easily guessed. Take several words that do not belong together.

## Any field

missing = “{ $field }” is missing.
too-long = “{ $field }” is too long: at most { $limit }.
too-many = There are too many in “{ $field }”: at most { $limit }.
out-of-range = “{ $field }” must be from { $least } to { $most }.
number-out-of-bounds = “{ $field }” must be from { $least } to { $most }.
not-a-choice = “{ $field }” is one of these: { $choices }.
not-a-slug = An address is made of small letters, digits and single hyphens.
not-a-language = This is not a language tag such as en, he or pt-BR.
nul-character = “{ $field }” holds the character NUL, which cannot be kept. Take it out; nothing was changed.
not-an-address = This is not a web address that begins with https:// or http://, a mailto: or tel: link, or a path of this site.

## The story

no-headline = A story needs a headline before it is published.
no-body = There is no text yet.
no-section = Choose a section before publishing.
address-taken = Another story has the address { $address }. Change the last part.
unknown-section = There is no such section.
unknown-running-story = There is no such running story.
unknown-story = There is no such story.
embargoed = This story is under embargo until { $until }. It was not published.
already-published = This story is already published. Nothing was changed.
not-published = This story is not published. Nothing was changed.
withdrawn = This story has been withdrawn. Nothing was changed.
not-your-story = This story was begun by { $name }. A contributor changes drafts of their own; nothing was changed.
no-longer-a-draft = This story is no longer a draft, so an editor changes it from here on. Nothing was changed.
somebody-saved-first = Somebody saved this story after you opened it. Your text was not lost and not saved; compare the two and save again.

## The front

somebody-arranged-first = Somebody arranged the front after you opened it. Yours was not lost and not saved; compare the two and save again.
twice-on-the-front = This story stands on the front already. Leave it in one place.
not-for-the-front = A standing page has its own address and does not stand on the front.

## People, topics and running stories

person-address-taken = { $name } has this address already. Choose another.
person-has-stories = { $stories ->
    [one] One story names this person on its byline. Nothing was changed.
   *[other] { $stories } stories name this person on their bylines. Nothing was changed.
}
topic-name-taken = Another topic has this name, or had it once. Nothing was changed; choose another.
running-address-taken = The running story { $name } has this address already. Choose another.
running-story-in-use = This running story has stories or live entries ({ $stories } and { $entries }), so it stays. Close it instead; nothing was changed.
entry-taken-down = This entry was taken down, and what it said stays down. Add another one instead.

## Tokens

token-end = A token ends in the future, and { $days } days from now at the latest.

## Trust pages and sections

somebody-changed-first = Somebody changed this after you opened it. Yours was not lost and not saved; compare the two and save again.
still-starter-text = This is the text every newsroom begins with, and nobody’s policy yet. Make it yours and save it; then it can go on the site.
unknown-version = There is no such version of this page.
section-address-taken = The section { $name } has this address already. Choose another.
section-has-stories = { $stories ->
    [one] One story stands in this section. Move it to another one first; nothing was changed.
   *[other] { $stories } stories stand in this section. Move them to another one first; nothing was changed.
}
last-section = This is the only section, and without one no story can be published. Add another first.
not-every-section = The order names each of the { $sections } sections once. Somebody may have added or removed one meanwhile; look at the list again.

## What leaves the house

not-an-address-to-send-to = Nothing can be sent to this address: { $why }.
unknown-event = There is no event “{ $given }”. Known are: { $known }.
webhook-is-off = This webhook is off. Turn it on first; nothing was sent.
hub-mode = hub.mode is subscribe or unsubscribe.
hub-topic = hub.topic is no feed of this site. It takes the whole address that a feed names as its own.
hub-callback = hub.callback is no address that can be sent to: { $why }.
hub-full = As many follow our feeds, or wait to, as we can look after. Nothing was kept; try again later.
fediverse-unsigned = The request is not signed. It takes a Signature header (draft-cavage-http-signatures-12), or Signature and Signature-Input (RFC 9421).
fediverse-signature = The signature cannot be read. It takes rsa-sha256 with keyId, headers and signature, over headers that are there once.
fediverse-covers = The signature covers too little. It takes the address, the host, the moment and the body's digest.
fediverse-old = The signed moment is more than { $minutes } minutes from now. Sign the request again.
fediverse-digest = The body is not the one that was signed.
fediverse-activity = The body is no activity: a JSON object with an actor, of a depth that can be read.
fediverse-another = The key belongs to another server than the actor does.
fediverse-full = As many requests of other servers wait as we can look after. Nothing was kept; try again later.
embed-not-fetched = Nothing could be found out about this address: { $why }.
unknown-frame = There is no such frame here. Look the address up once more, or leave the frame out: the card shows without it.
frame-sides = A frame is { $limit } pixels wide and high.

## What readers are told

notice-withdrawn = The newsroom has withdrawn this story.

## The body

too-deep = Lists and quotes lie { $limit } deep at most.
too-many-blocks = A body has { $limit } blocks at most.
heading-level = A heading inside a story has level { $limit }.
only-pictures = A gallery holds pictures and nothing else.
empty-text = A piece of text is empty here. Take it out.
footnote-in-footnote = A footnote cannot have a footnote of its own.

## Pictures

picture-unknown = There is no picture { $name } in the library. Choose it again, or take it out.
picture-no-credit = The picture “{ $name }” has no credit, and none runs without. Add the credit to the picture or where it stands.
picture-lapsed = The term of the picture “{ $name }” is over: it was for use until { $end }. Take it out, or enter the new term at the picture.
picture-pulled = The picture “{ $name }” was taken from readers: { $reason } Take it out, or have an editor give it back.
picture-not-fetched = The picture could not be fetched: { $why }. Nothing was kept; save the picture and bring the file itself.
too-many-fetches = There are { $limit } pictures on their way to you already. Wait until some have come, and ask again.
picture-cut = The picture broke off on its way, after { $received } bytes. Of a file sent in parts what came is kept; send on from there.
upload-elsewhere = { $received } bytes of this file have come. Send on from there.
too-many-uploads = { $limit } files of yours are on their way already. Finish some, or wait a day until they are forgotten.
not-your-picture = This picture was brought by somebody else. A reporter or editor can change what is said of it.
picture-empty = There is nothing in this file. Choose the picture again.
picture-too-large = This file is too large: at most { $limit } million bytes. Nothing was kept; save it with less quality or fewer pixels and bring it again.
file-infected = The virus scanner found { $signature } in this file. Nothing was kept, and the log says that it came. Do not open it on other devices; ask whoever gave it to you for a clean one, and tell whoever runs the newsroom's machines.
file-too-large-to-scan = The virus scanner takes no file as large as this. Nothing was kept; make it smaller and bring it again, or have the operator raise StreamMaxLength in the scanner's settings.
scanner-silent = The virus scanner does not answer, and nothing comes in unscanned. Nothing new was taken in; what came of a file sent in parts is kept. Try again in a few minutes, and tell the operator if it lasts.
picture-foreign = { $kind ->
    [svg] This is an SVG drawing, which can hold script, so it is not taken. Export it as PNG and bring that.
    [pdf] This is a PDF. Export the page or the picture in it as JPEG or PNG and bring that.
    [heic] This is a HEIC picture, as telephones write it. Save it as JPEG and bring that; the telephone can be set to do so by itself.
    [avif] This is an AVIF picture, which we cannot read yet. Save it as JPEG or PNG and bring that.
    [tiff] This is a TIFF or raw file. Save it as JPEG, with its caption and credit, and bring that.
    [photoshop] This is a layered file. Export it as JPEG or PNG and bring that.
    [bitmap] This is a Windows bitmap or icon. Save it as PNG and bring that.
    [other-jpeg] This is JPEG XL or JPEG 2000, which we cannot read. Save it as JPEG and bring that.
    [film] This is a film, not a picture. Bring a still from it as JPEG.
    [archive] This is an archive or an office file. Take the pictures out of it and bring those.
    [html] This is a web page. Save the picture itself and bring that.
   *[unknown] This is no picture that we know. We take JPEG, PNG, GIF and WebP.
    }
picture-unreadable = This file breaks off or is damaged at its beginning. Nothing was kept; copy or export it again and bring that.
picture-too-long = This picture is { $has } pixels long; { $limit } at most. Make it smaller or cut it, and bring it again.
picture-too-many-pixels = This picture has { $has } million pixels; { $limit } million at most. Make it smaller and bring it again.
picture-too-heavy = This picture would take { $has } million bytes of memory; { $limit } million at most. Save it with eight bits a channel, or smaller, and bring it again.
picture-too-many-frames = This moves for more than { $limit } frames. We show only the first: save that one and bring it.
picture-too-empty = This file says it has many pixels and holds almost none. Nothing was kept; export the picture again.
picture-undeveloped = { $kind ->
    [damaged] This picture could not be developed: its data are damaged or break off. Nothing was kept; export it again and bring that.
    [too-long] This picture could not be developed in the time there is. Nothing was kept; make it smaller or save it anew, and bring it again.
    [out-of-memory] This picture could not be developed: it takes more memory than there is. Nothing was kept; make it smaller and bring it again.
   *[crashed] This picture could not be developed. Nothing was kept; open it in a picture editor, save it as JPEG and bring that.
    }

## Problems that the pages have no words for (the others are in en.ftl)

problem-sign-in-title = Please sign in
problem-sign-in-text = This needs to know who you are. Nothing was changed; sign in and try again.
problem-refused-title = This was not done
problem-refused-text = Something about it was not as it has to be. Nothing was changed.
problem-conflict-title = Things have changed meanwhile
problem-conflict-text = This does not fit with how things are now. Nothing was changed; look at the present state and try again.
problem-misdirected-title = No newsroom lives here
problem-misdirected-text = This address leads to us, but it is not one of ours.
