"""Brings each family of fediverse-pasture-inputs to a newsroom's inbox, signed, and says what became of it.

Usage: fediverse.py SITE PORT

SITE is a running newsroom with `fediverse.on` whose `outgoing.own` names 127.0.0.1:PORT, where this program stands as
another server. Each example is brought as a Create of a Note, which we take and drop, and laid over a Follow, which has
to lead to a follower whatever else is in it. It wants `pip install fediverse-pasture-inputs cryptography`; nothing of
either ships. Ends with 1 when an answer is neither 202 nor a refusal, or a follower is missing.
"""

import base64
import hashlib
import json
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from fediverse_pasture_inputs import available

TYPE = "application/activity+json"
# Room for the jobs to run: each asks for a key, and each is answered.
PATIENCE = 60
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
accepted = set()


class Neighbour(BaseHTTPRequestHandler):
    """Another server: shows whoever is asked for, and notes who was told yes."""

    def do_GET(self):
        own = f"http://{self.headers['host']}{self.path}"
        shown = {
            "id": own,
            "type": "Person",
            "inbox": f"{own}/inbox",
            "publicKey": {"id": f"{own}#main-key", "owner": own, "publicKeyPem": PEM.decode()},
        }
        self.answer(200, json.dumps(shown).encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        activity = json.loads(body)
        if activity["type"] == "Accept":
            accepted.add(activity["object"]["actor"])
        self.answer(202, b"")

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("content-type", TYPE)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main(site, port):
    server = ThreadingHTTPServer(("127.0.0.1", port), Neighbour)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    actor = found(site)
    inbox = actor["inbox"]
    answers, asked, wrong = {}, {}, False
    for family, data in sorted(available.items()):
        for nth, example in enumerate(data.examples):
            who = f"http://127.0.0.1:{port}/users/{family}-{nth}"
            asked.setdefault(family, set()).add(who)
            note = {"id": f"{who}/note", "type": "Note", "attributedTo": who, **example}
            create = {"id": f"{who}/create", "type": "Create", "actor": who, "object": note}
            about = {"id": f"{who}/follow", "type": "Follow", "actor": who, "object": actor["id"]}
            follow = {**example, **about}
            for act, activity in (("Create", create), ("Follow", follow)):
                status = brings(inbox, who, activity)
                wrong |= status not in (202, 422, 429)
                answers.setdefault((family, act), Counter())[status] += 1
    everybody = set().union(*asked.values())
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and not everybody <= accepted:
        time.sleep(0.2)
    print("| family | examples | Create | Follow | followers |\n|---|---|---|---|---|")
    for family, who in asked.items():
        told = [
            ", ".join(f"{status}" + (f" ×{many}" if len(counted) > 1 else "") for status, many in counted.items())
            for counted in (answers[family, "Create"], answers[family, "Follow"])
        ]
        print(f"| `{family}` | {len(who)} | {told[0]} | {told[1]} | {len(who & accepted)} |")
    wrong |= not everybody <= accepted
    return 1 if wrong else 0


def found(site):
    host = site.split("://")[1]
    account = urllib.parse.quote(f"acct:newsroom@{host}")
    with urllib.request.urlopen(f"{site}/.well-known/webfinger?resource={account}") as answer:
        links = json.load(answer)["links"]
    own = next(link["href"] for link in links if link["rel"] == "self")
    with urllib.request.urlopen(own) as answer:
        return json.load(answer)


def brings(inbox, who, activity):
    to, body = urllib.parse.urlsplit(inbox), json.dumps(activity).encode()
    lines = {
        "(request-target)": f"post {to.path}",
        "host": to.netloc,
        "date": formatdate(usegmt=True),
        "digest": "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode(),
    }
    text = "\n".join(f"{name}: {value}" for name, value in lines.items())
    signed = KEY.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    said = {"keyId": f"{who}#main-key", "algorithm": "rsa-sha256", "headers": " ".join(lines)}
    said["signature"] = base64.b64encode(signed).decode()
    headers = {name: value for name, value in lines.items() if name in ("date", "digest")}
    headers["signature"] = ",".join(f'{name}="{value}"' for name, value in said.items())
    headers["content-type"] = TYPE
    request = urllib.request.Request(inbox, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), int(sys.argv[2])))
