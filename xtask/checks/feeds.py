"""Reads feeds as a feed reader does; prints what is wrong with each, a JSON object on each line.

Usage: feeds.py ADDRESS...
"""

import json
import sys

import feedparser

# What a reader shows of a feed and of an item, by feedparser's names.
OF_FEED = ("title", "link", "subtitle", "language")
OF_ITEM = ("title", "link", "id", "published_parsed", "summary", "author")
# What feedparser calls the form that an address ends with.
FORMS = {"feed.xml": "rss20", "atom.xml": "atom10"}


def main(addresses):
    for address in addresses:
        feed = feedparser.parse(address)
        for fault in faults(feed, address):
            print(json.dumps({"address": address, "words": fault}))


def faults(feed, address):
    form = FORMS[address.rsplit("/", 1)[-1]]
    if feed.bozo:
        yield f"not well-formed: {feed.bozo_exception!r}"
    if feed.get("status") != 200:
        yield f"answered {feed.get('status')}"
    if feed.version != form:
        yield f"read as {feed.version or 'no known format'} and not as {form}"
    yield from (f"the feed has no {name}" for name in OF_FEED if not feed.feed.get(name))
    own = [link.href for link in feed.feed.get("links", []) if link.rel == "self"]
    if len(own) != 1 or not own[0].endswith(address.split("/", 3)[-1]):
        yield f"it names itself {own}"
    if form == "atom10" and not feed.feed.get("updated_parsed"):
        yield "the feed does not say when it last changed"
    yield from faults_of_items(feed, form)


def faults_of_items(feed, form):
    if not feed.entries:
        yield "it has no items"
    seen = set()
    for item in feed.entries:
        name = item.get("title", "an item without a title")
        yield from (f"{name}: no {part}" for part in OF_ITEM if not item.get(part))
        if item.get("id") in seen:
            yield f"{name}: its id was used before"
        seen.add(item.get("id"))
        if not item.get("id", "").startswith("urn:uuid:"):
            yield f"{name}: its id goes with its address"
        if form == "atom10" and not item.get("updated_parsed"):
            yield f"{name}: it does not say when it last changed"
        if not item.get("link", "").startswith(("http://", "https://")):
            yield f"{name}: its link is not a whole address"
        text = " ".join(part.value for part in item.get("content", []))
        if 'href="/' in text or 'src="/' in text:
            yield f"{name}: an address in its text is not whole"
    dates = [item.published_parsed for item in feed.entries if item.get("published_parsed")]
    if dates != sorted(dates, reverse=True):
        yield "its items do not begin with the newest"


main(sys.argv[1:])
