"""Reads feeds as a feed reader does; prints what is wrong with each, a JSON object on each line.

Usage: feeds.py ADDRESS...
"""

import json
import sys

import feedparser

# What a reader shows of a feed and of an item, by feedparser's names.
OF_FEED = ("title", "link", "subtitle", "language")
OF_ITEM = ("title", "link", "id", "published_parsed", "summary", "author")


def main(addresses):
    for address in addresses:
        feed = feedparser.parse(address)
        for fault in faults(feed):
            print(json.dumps({"address": address, "words": fault}))


def faults(feed):
    if feed.bozo:
        yield f"not well-formed: {feed.bozo_exception!r}"
    if feed.get("status") != 200:
        yield f"answered {feed.get('status')}"
    if feed.version != "rss20":
        yield f"read as {feed.version or 'no known format'}"
    yield from (f"the feed has no {name}" for name in OF_FEED if not feed.feed.get(name))
    yield from faults_of_items(feed)


def faults_of_items(feed):
    if not feed.entries:
        yield "it has no items"
    seen = set()
    for item in feed.entries:
        name = item.get("title", "an item without a title")
        yield from (f"{name}: no {part}" for part in OF_ITEM if not item.get(part))
        if item.get("id") in seen:
            yield f"{name}: its id was used before"
        seen.add(item.get("id"))
        if not item.get("link", "").startswith(("http://", "https://")):
            yield f"{name}: its link is not a whole address"
    dates = [item.published_parsed for item in feed.entries if item.get("published_parsed")]
    if dates != sorted(dates, reverse=True):
        yield "its items do not begin with the newest"


main(sys.argv[1:])
