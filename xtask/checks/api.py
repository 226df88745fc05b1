"""The API under schemathesis: as nobody, as a machine with a token, and as the owner with a session.

Arguments: the newsroom's address, the owner's one-time token, examples for each operation, and a folder.
The owner comes in, makes the machine's token through the API itself, and each of the three tries the doors
that are theirs. Every check is on; the seed is fixed. Ends with 1 when anything was found.
"""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import struct
import subprocess
import sys
import time
import urllib.request

SEED = "1851"
PASSWORD = "a harbour without ships"


def code(secret):
    """The six digits a telephone would show (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = struct.pack(">Q", int(time.time()) // 30)
    tag = hmac.new(key, step, hashlib.sha1).digest()
    at = tag[19] & 15
    return f"{(struct.unpack('>I', tag[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def ask(address, method, path, body, cookie=""):
    """Sends JSON as a page of the same origin would; the answer's JSON and its cookie."""
    headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin", "Cookie": cookie}
    request = urllib.request.Request(address + "/api/v1" + path, json.dumps(body).encode(), headers, method=method)
    with urllib.request.urlopen(request) as answer:
        kept = (answer.headers.get("Set-Cookie") or "").split(";")[0]
        return json.load(answer), kept


def comes_in(address, token):
    """The owner's session cookie and a token with every scope."""
    who = {"token": token, "name": "Ada Quill", "email": "ada@news.example", "password": PASSWORD}
    begun, _ = ask(address, "POST", "/enrolment", who)
    shown = {"code": code(begun["secret"])}
    _, cookie = ask(address, "PUT", "/enrolment/" + begun["confirm"], shown)
    scopes = ["stories:read", "stories:write", "publish"]
    made, _ = ask(address, "POST", "/tokens", {"name": "schemathesis", "scopes": scopes}, cookie)
    return cookie, made["token"]


def doors(document):
    """The operations by who may come: nobody in particular, a token, or a session alone."""
    by = {"nobody": [], "machine": [], "owner": []}
    for verbs in document["paths"].values():
        for operation in verbs.values():
            kinds = {kind for need in operation["security"] for kind in need}
            who = "machine" if "token" in kinds else "owner" if kinds else "nobody"
            by[who].append(operation["operationId"])
    return by


def tries(address, folder, who, operations, headers, examples):
    """One run of schemathesis; whether it found nothing."""
    file = folder / f"{who}.toml"
    file.write_text(SETTINGS)
    command = [str(pathlib.Path(sys.executable).parent / "schemathesis"), "--config-file", str(file), "run"]
    command += [address + "/api/v1/openapi.json", "--seed", SEED, "--max-examples", examples, "--no-color"]
    command += ["--checks", "all", "--phases", PHASES[who]]
    for name in operations:
        command += ["--include-operation-id", name]
    for header in headers:
        command += ["--header", header]
    print(f"\n== as {who}: {len(operations)} operations", flush=True)
    ours = {"SCHEMATHESIS_HOOKS": "api_hooks", "PYTHONPATH": str(pathlib.Path(__file__).parent)}
    ours["PYTHONDONTWRITEBYTECODE"] = "1"
    return subprocess.run(command, cwd=folder, env=os.environ | ours).returncode == 0


# Nobody makes anything that a later request could go on with.
PHASES = dict.fromkeys(("machine", "owner"), "examples,coverage,fuzzing,stateful")
PHASES["nobody"] = "examples,coverage,fuzzing"
# Three answers that schemathesis does not expect of itself; docs/api.md says why each is right. 422 is how a rule is
# kept that no schema can say, such as an address that is taken; 428 is RFC 6585's word for a missing If-Match; 414 is
# RFC 9110's for a query longer than we read.
REFUSED = "[400, 401, 403, 404, 405, 406, 409, 413, 414, 415, 422, 428, 429]"
SETTINGS = f"""
[generation]
with-security-parameters = false

[phases.stateful]
max-steps = 12

[checks.positive_data_acceptance]
expected-statuses = ["2xx", 401, 403, 404, 409, 422, 429]

[checks.negative_data_rejection]
expected-statuses = {REFUSED}

[checks.missing_required_header]
expected-statuses = [400, 401, 403, 406, 415, 422, 428]
"""


def main():
    address, token, examples, folder = sys.argv[1:]
    folder = pathlib.Path(folder)
    with urllib.request.urlopen(address + "/api/v1/openapi.json") as answer:
        by = doors(json.load(answer))
    cookie, bearer = comes_in(address, token)
    headers = {
        "nobody": [],
        "machine": [f"Authorization: Bearer {bearer}"],
        "owner": [f"Cookie: {cookie}", "Sec-Fetch-Site: same-origin"],
    }
    done = [tries(address, folder, who, by[who], headers[who], examples) for who in by]
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
