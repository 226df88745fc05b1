"""Gives each made-up request an Idempotency-Key of its own, as the API asks of every client.

Schemathesis takes keys out of a small drawer: a later request would get the answer of an earlier one, about a thing
that may be gone by then. A key that is no key is left as it is, for the API to refuse.
"""

import itertools

import schemathesis

NAME = "Idempotency-Key"
LONGEST = 200
NUMBERS = itertools.count()


@schemathesis.hook
def before_call(_context, case, _kwargs):
    key = (case.headers or {}).get(NAME)
    if isinstance(key, str) and 0 < len(key) <= LONGEST and all("!" <= sign <= "~" for sign in key):
        case.headers[NAME] = f"{key}-{next(NUMBERS)}"
