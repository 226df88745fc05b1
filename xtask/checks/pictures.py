"""Brings pictures to a running newsroom as an editor does, and asks exiftool and c2pa-python what became of them.

Usage: pictures.py ADDRESS ENROLMENT PICTURE...
Prints a JSON object on each line: a "row" for each field of each picture, a "verdict" for each manifest, and an "error" for
whatever should not be so.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

import c2pa

# Seconds until the prints of a picture are there.
DEVELOPED_WITHIN = 60
# What a file's own form says, and what exiftool makes up from other fields; none of it is a field of the picture.
OF_THE_FILE = {"", "ExifTool", "System", "File", "Composite", "JFIF", "ICC-header", "ICC_Profile", "ICC-view", "ICC-meas", "RIFF", "PNG"}
TECHNICAL = re.compile(
    r"^(XMPToolkit|ApplicationRecordVersion|CodedCharacterSet|IPTCDigest|.*Resolution(Unit)?|YCbCr.*|ExifVersion|ComponentsConfiguration|"
    r"FlashpixVersion|ColorSpace|Exif(Image)?(Width|Height)|ImageWidth|ImageHeight|Compression|Thumbnail(Offset|Length)|.*-en|.*-x-default|"
    r"ExifIFD|DisplayedUnits.|GlobalA.*|PixelAspectRatio|PhotoshopQuality|PhotoshopFormat)$"
)
# Nobody outside may learn these, whatever docs/picture-fields.md says of the rest.
PRIVATE = re.compile(r"GPS|Latitude|Longitude|Altitude|Serial|CreatorWork|CreatorAddress|CreatorPostal|Telephone|Email|Region(?!.*Created)|ModelAge|OwnerName")
# The place in words and the licensor's name and address are wanted although their names look private.
NOT_PRIVATE = re.compile(r"^(CreatorRegion|WorldRegion|LocationCreatedWorldRegion|LocationShownWorldRegion)$")
# The picture of the IPTC whose every field holds its own name, so that no two say the same.
REFERENCE = "IPTC-PhotometadataRef"
# What is to become of the fields of a picture that fills every one, as docs/picture-fields.md has it; any other is not read.
SHOWN = set(
    "DateTimeOriginal Artist Copyright ImageDescription By-line Caption-Abstract City CopyrightNotice Country-PrimaryLocationCode "
    "Country-PrimaryLocationName Credit DateCreated Headline ObjectName Province-State Source Sub-location Creator Description "
    "Rights Title AltTextAccessibility CountryCode ExtDescrAccessibility Location DigitalSourceType Country State UsageTerms "
    "WebStatement Licensor DataMining".split()
)
KEPT = set(
    "Keywords OriginalTransmissionReference SpecialInstructions Writer-Editor Subject Event PersonInImage CaptionWriter Instructions "
    "TransmissionReference PersonInImageWDetails LicenseEndDate ExpirationDate ExpirationTime".split()
)
# How c2pa-python calls what we call.
STANDINGS = {"Trusted": "vouched", "Valid": "fits", "Invalid": "broken", None: None}


def main(address, enrolment, *pictures):
    desk = Desk(address, enrolment)
    for path in map(pathlib.Path, pictures):
        bring(desk, path)


def bring(desk, path):
    status, picture = desk.post_file(path)
    if status not in (200, 201):
        key = [refusal["key"] for refusal in picture.get("refusals", [])]
        say("refused", picture=path.name, status=status, keys=key)
        return
    picture = desk.developed(picture["id"])
    if picture["state"] != "ready":
        say("error", picture=path.name, words=f"is {picture['state']} after {DEVELOPED_WITHIN} seconds")
        return
    with tempfile.TemporaryDirectory() as folder:
        prints = [desk.fetched(one, pathlib.Path(folder)) for one in picture["prints"]]
        fields(path, picture, prints)
        manifests(path, picture, prints)


class Desk:
    """An owner's session."""

    def __init__(self, address, enrolment):
        self.address = address
        self.cookie = None
        token = urllib.parse.parse_qs(urllib.parse.urlsplit(enrolment).query)["token"][0]
        begun = self.ask("POST", "enrolment", {
            "token": token, "name": "P. Check", "email": "check@example.com", "password": "a long walk along the quay",
        })[1]
        self.ask("PUT", f"enrolment/{begun['confirm']}", {"code": code(begun["secret"])})

    def post_file(self, path):
        name = urllib.parse.quote(path.name)
        return self.ask("POST", f"pictures?name={name}", path.read_bytes())

    def developed(self, id):
        end = time.monotonic() + DEVELOPED_WITHIN
        while True:
            picture = self.ask("GET", f"pictures/{id}")[1]
            if picture["state"] != "developing" or time.monotonic() > end:
                return picture
            time.sleep(0.2)

    def fetched(self, print_, folder):
        with urllib.request.urlopen(urllib.parse.urljoin(self.address, print_["url"])) as answer:
            bytes_ = answer.read()
        place = folder / f"{print_['shape']}-{print_['width']}.{'jpg' if print_['format'] == 'jpeg' else 'webp'}"
        place.write_bytes(bytes_)
        return place

    def ask(self, method, path, body=None):
        whole = f"{self.address}/api/v1/{path}"
        headers = {"Origin": self.address}
        if self.cookie:
            headers["Cookie"] = self.cookie
        if isinstance(body, dict):
            body, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        elif body is not None:
            headers["Content-Type"] = "application/octet-stream"
        request = urllib.request.Request(whole, body, headers, method=method)
        try:
            answer = urllib.request.urlopen(request)
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"{}")
        with answer:
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                self.cookie = cookie.split(";")[0]
            return answer.status, json.loads(answer.read() or b"{}")


def code(secret):
    """RFC 6238 with SHA-1, 30 seconds, six digits."""
    step = struct.pack(">Q", int(time.time()) // 30)
    tag = hmac.new(base64.b32decode(secret.replace(" ", "")), step, hashlib.sha1).digest()
    number = struct.unpack_from(">I", tag, tag[-1] & 15)[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def fields(path, picture, prints):
    """Says of each field of the original whether it is served, only in the record, or nowhere."""
    served = [exif(place) for place in prints]
    everywhere = set.intersection(*(set(texts(tags)) for tags in served))
    anywhere = set().union(*(texts(tags) for tags in served))
    record = set(record_texts(picture["fields"]))
    original = exif(path)
    for name, value in sorted(original.items()):
        group, _, tag = name.rpartition(":")
        if group in OF_THE_FILE or TECHNICAL.match(tag) or not values(value):
            continue
        became = outcome(values(value), everywhere, record)
        say("row", picture=path.name, group=group, field=tag, became=became)
        if path.name.startswith(REFERENCE) and became.split()[0] not in expected(tag):
            say("error", picture=path.name, words=f"{name} is {became}, and should be {' or '.join(expected(tag))}")
        if PRIVATE.search(tag) and not NOT_PRIVATE.match(tag) and told_anywhere(values(value), anywhere):
            say("error", picture=path.name, words=f"{name} is private and served: {value}")
    own = set(texts(original)) | record
    for stray in sorted(text for text in anywhere - own if len(text) > 12 and not ours(text)):
        say("error", picture=path.name, words=f"served, and neither in the original nor in the record: {stray}")


def expected(tag):
    """By exiftool's name of a field. What is empty or says the same as another field may be shown through that one."""
    if tag in SHOWN:
        return ("shown", "kept")
    return ("kept",) if tag in KEPT else ("not", "kept")


def outcome(wanted, everywhere, record):
    if all(text in everywhere for text in wanted):
        return "shown"
    if any(text in everywhere for text in wanted):
        return "shown in part"
    if all(text in record for text in wanted):
        return "kept"
    if any(text in record for text in wanted):
        return "kept in part"
    return "not read"


def told_anywhere(wanted, anywhere):
    return any(len(text) > 5 and text in anywhere for text in wanted)


def ours(text):
    """What our own manifests and packets consist of."""
    return re.search(r"c2pa|jumb|urn:|self#|Dateline|dateline|sha256|^\(Binary|ECDSA|Exif|\d{4}[:-]\d\d", text) is not None


def exif(place):
    run = subprocess.run(
        ["exiftool", "-j", "-G1", "-a", "-n", "-struct", "--JUMBF:all", str(place)], capture_output=True, check=True
    )
    return json.loads(run.stdout)[0]


def texts(tags):
    return (text for name, value in tags.items() if name.rpartition(":")[0] not in OF_THE_FILE for text in values(value))


def values(value):
    """Every text in a value, however deep; dates as digits alone, because each place writes them in its own way."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in values(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in values(inner)]
    text = str(value).strip()
    if re.match(r"^\d{4}[:-]\d\d([:-]\d\d)?", text):
        text = re.sub(r"\D", "", text)[:8]
    return [text] if text else []


def record_texts(fields):
    return values(fields)


def manifests(path, picture, prints):
    """Our word on the original beside that of c2pa-python; and that of c2pa-python on all that we made."""
    told = picture.get("told")
    ours_, theirs = told and told["standing"], STANDINGS[state(path)]
    say("verdict", picture=path.name, ours=ours_, c2pa=theirs, signer=(told or {}).get("signer"))
    if ours_ != theirs:
        say("error", picture=path.name, words=f"c2pa-python says {theirs}, and we say {ours_}")
    states = {place.name: state(place) for place in prints}
    say("verdict", picture=path.name, prints=len(prints), valid=sum(one in ("Valid", "Trusted") for one in states.values()))
    for name, one in states.items():
        if one not in ("Valid", "Trusted"):
            say("error", picture=path.name, words=f"{name}: c2pa-python says {one}")


def state(place):
    try:
        with c2pa.Reader(str(place)) as reader:
            return json.loads(reader.json()).get("validation_state")
    except c2pa.C2paError.ManifestNotFound:
        return None


def say(kind, **words):
    print(json.dumps({"kind": kind, **words}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
