"""Judges a JSON Feed by schemas; prints what is wrong with it, a JSON object on each line.

Usage: json_feeds.py ADDRESS SCHEMA...
"""

import json
import sys
import urllib.request
from pathlib import Path

from jsonschema.validators import validator_for
from referencing import Registry, Resource

TYPE = "application/feed+json"


def main(address, schemas):
    with urllib.request.urlopen(address) as answer:
        kind = answer.headers["content-type"]
        feed = json.load(answer)
    for fault in [*faults(feed, kind), *by_schemas(feed, schemas)]:
        print(json.dumps({"address": address, "words": fault}))


def faults(feed, kind):
    if not kind.startswith(TYPE):
        yield f"it is sent as {kind}"
    items = feed["items"]
    if not items:
        yield "it has no items"
    ids = [item["id"] for item in items]
    if len(ids) != len(set(ids)):
        yield "an id is used twice"
    dates = [item["date_published"] for item in items]
    if dates != sorted(dates, reverse=True):
        yield "its items do not begin with the newest"


def by_schemas(feed, schemas):
    for path in map(Path, schemas):
        schema = json.loads(path.read_text())
        # A schema may lean on others that lie beside it, by their names.
        registry = Registry(retrieve=lambda uri, beside=path.parent: found(uri, beside))
        for error in validator_for(schema)(schema, registry=registry).iter_errors(feed):
            yield f"{path.name}: {error.json_path}: {error.message[:200]}"


def found(uri, beside):
    name = uri.rsplit("/", 1)[-1].removesuffix(".json")
    return Resource.from_contents(json.loads((beside / f"{name}.json").read_text()))


main(sys.argv[1], sys.argv[2:])
