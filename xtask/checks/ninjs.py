"""Holds documents of ninjs against the schema of the IPTC; prints what is wrong, a JSON object on each line.

Usage: ninjs.py ADDRESS SCHEMA
"""

import json
import sys
import urllib.request

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

# The schema of ninjs names this one for maps, which we do not draw; nothing is fetched for it.
GEOJSON = "https://geojson.org/schema/GeoJSON.json"
ANYTHING = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": GEOJSON}


def main(address, schema):
    with open(schema, encoding="utf-8") as file:
        schema = json.load(file)
    registry = Registry().with_resource(GEOJSON, Resource.from_contents(ANYTHING))
    validator = Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
    with urllib.request.urlopen(address) as answer:
        if answer.headers.get_content_type() != "application/json":
            print(json.dumps({"words": f"it is {answer.headers.get_content_type()}"}))
        document = json.load(answer)
    for error in validator.iter_errors(document):
        print(json.dumps({"words": f"{error.json_path}: {error.message}"}))


main(*sys.argv[1:])
