"""Judges answers by redbot, with the further requests it makes; prints its notes, a JSON object on each line.

Usage: answers.py ADDRESS
"""

import json
import sys
from configparser import ConfigParser

import thor
from redbot.resource import HttpResource

# redbot also tells what is good, and what is neither good nor bad; nobody needs to read that here.
TOLD = ("bad", "warning")


def main(address):
    judged = judge(address)
    if judged.fetch_error is not None or judged.response.status_code is None:
        tell(address, "bad", f"no answer: {judged.fetch_error}")
        return
    for response in [judged.response] + [further.response for further in judged.subreqs.values()]:
        for note in response.notes:
            for one in [note, *note.subnotes]:
                tell(address, one.level.value, f"{one.summary}")


def judge(address):
    parser = ConfigParser()
    # The newsroom listens on the loopback address, which redbot leaves alone unless told.
    parser.read_dict({"redbot": {"enable_local_access": "True"}})
    resource = HttpResource(parser["redbot"])
    resource.set_request(address)

    @thor.events.on(resource)
    def check_done():
        thor.stop()

    resource.check()
    thor.run()
    return resource


def tell(address, level, words, seen=set()):
    if level in TOLD and words not in seen:
        seen.add(words)
        print(json.dumps({"address": address, "level": level, "words": words}))


main(sys.argv[1])
