//! Every setting there is. The sample, the checks and the documentation are made from this list.

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name, `part.name`: `[part]` and `name = …` in the file, `DATELINE_PART_NAME` outside.
    pub name: &'static str,
    /// Its value when nothing is said; `None` where there is none.
    pub default: Option<&'static str>,
    /// An example, for settings without a default.
    pub example: &'static str,
    /// What it means and what it takes.
    pub meaning: &'static str,
    /// Whether it must not be seen; it may then come from a file named by `NAME_file`.
    pub is_secret: bool,
}

const fn setting(
    name: &'static str,
    default: Option<&'static str>,
    example: &'static str,
    meaning: &'static str,
) -> Setting {
    Setting {
        name,
        default,
        example,
        meaning,
        is_secret: false,
    }
}

const fn secret(name: &'static str, meaning: &'static str) -> Setting {
    let example = "64 hexadecimal digits";
    Setting {
        name,
        default: None,
        example,
        meaning,
        is_secret: true,
    }
}

/// The list, in the order of the sample.
pub const LIST: [Setting; 42] = [
    setting(
        "newsroom.name",
        Some("The Newsroom"),
        "",
        "The name readers see on every page.",
    ),
    setting(
        "newsroom.tagline",
        None,
        "All the news of the valley",
        "A line about the newsroom.",
    ),
    setting(
        "newsroom.language",
        Some("en"),
        "",
        "The first language: a tag such as en, he or pt-BR.",
    ),
    setting(
        "newsroom.zone",
        Some("UTC"),
        "",
        "Where days and months begin, for datelines and the meter: an IANA name such as Europe/Paris.",
    ),
    setting(
        "site.url",
        Some("http://127.0.0.1:8321"),
        "",
        "The site's own address as readers type it, without a slash at the end.",
    ),
    setting(
        "site.theme",
        None,
        "/etc/dateline/theme",
        "A folder whose files take the place of the shipped theme's.",
    ),
    setting(
        "site.security_contact",
        None,
        "mailto:security@example.org",
        "Where a hole in this site's security is told, a mailto: or https: address; it stands in /.well-known/security.txt, which is not there without it.",
    ),
    setting(
        "serve.listen",
        Some("127.0.0.1:8321"),
        "",
        "Address and port to listen on. Open to the network only with an https site.url: put a proxy in front.",
    ),
    setting(
        "serve.threads",
        None,
        "2",
        "Worker threads; as many as the machine has cores when left out.",
    ),
    setting(
        "serve.trusted_proxies",
        Some("127.0.0.1/32, ::1/128"),
        "",
        "Networks, with commas between, whose X-Forwarded-For is believed.",
    ),
    setting(
        "serve.waive_rates",
        Some("false"),
        "",
        "true lifts the rate limits, for measuring; refused unless listening on this machine alone.",
    ),
    setting(
        "outgoing.own",
        None,
        "127.0.0.1:9000, 10.0.0.5:443",
        "Services of your own, with commas between, each an address and a port, that webhooks and the like may be sent to although they are not on the public internet.",
    ),
    setting(
        "fediverse.on",
        Some("false"),
        "",
        "Whether people of other servers (Mastodon and the like, ActivityPub) can follow the newsroom and its sections. Needs an https site.url that stays, unless the site is on this machine alone.",
    ),
    setting(
        "fediverse.name",
        Some("newsroom"),
        "",
        "What the newsroom itself is called there, NAME in @NAME@host: small letters, digits and underscores. A section is called by its address.",
    ),
    secret(
        "fediverse.key",
        "What signs the letters to other servers: an RSA key as PEM. The house makes one in its data folder; set it where several machines serve one newsroom.",
    ),
    setting(
        "store.database",
        None,
        "sqlite:/var/lib/dateline/dateline.db",
        "sqlite:PATH or postgres://USER@HOST/DATABASE, with ?sslmode=verify-full for a server on another machine; the file dateline.db in the data folder when left out.",
    ),
    setting(
        "store.pages_mb",
        Some("32"),
        "",
        "Megabytes of finished pages, and of bodies behind the gate, to hold in memory, 8 to 65536.",
    ),
    setting(
        "media.url",
        None,
        "https://media.example.org",
        "An address of its own for the files of pictures, without a slash at the end, which leads here and serves nothing else; they are served below /media/ of the site when left out. Another host than the site's.",
    ),
    setting(
        "embeds.frame_origin",
        None,
        "https://frames.example.org",
        "An address of its own, best of another domain than the site's, which leads here and shows what providers of embeds offer (players, messages) when a reader asks for it, and nothing else; without it embeds are cards with a link.",
    ),
    setting(
        "pictures.folder",
        None,
        "/var/lib/dateline/pictures",
        "Where files of pictures are kept, originals and prints; the folder pictures in the data folder when left out. Back it up with the database.",
    ),
    setting(
        "pictures.largest_mb",
        Some("50"),
        "",
        "The largest picture that may be brought, in megabytes of 1,000,000 bytes, 1 to 200.",
    ),
    setting(
        "pictures.credit_needed",
        Some("true"),
        "",
        "Whether a story is kept from going out while a picture of ours in it has no credit.",
    ),
    setting(
        "scanner.address",
        None,
        "unix:/run/clamav/clamd.ctl",
        "A virus scanner (clamd) that looks at every file that comes in: unix: and the path of its socket, or tcp: with an address and a port of this machine or a network of your own. None when left out.",
    ),
    setting(
        "scanner.when_silent",
        Some("refuse"),
        "",
        "What becomes of files while the scanner does not answer: refuse, or accept, which the log tells of each.",
    ),
    setting(
        "s3.endpoint",
        None,
        "https://s3.eu-central-1.amazonaws.com",
        "The address of an object store that speaks the protocol of Amazon S3, where files of pictures are kept instead of on this disk; plain http on this machine or a network of your own alone.",
    ),
    setting(
        "s3.bucket",
        None,
        "newsroom-pictures",
        "The bucket there, which has to be there already and is for pictures alone.",
    ),
    setting(
        "s3.region",
        Some("us-east-1"),
        "",
        "Its region; stores that have none take the default.",
    ),
    setting(
        "s3.path_style",
        Some("true"),
        "",
        "Whether the bucket's name stands in the path (MinIO, Garage, Ceph) or, with false, in front of the host (Amazon).",
    ),
    setting(
        "s3.cache_mb",
        Some("2000"),
        "",
        "Megabytes of files of the bucket to keep on this disk, in the folder of pictures, 100 to 1000000.",
    ),
    setting(
        "s3.key_id",
        None,
        "AKIAIOSFODNN7EXAMPLE",
        "The id of the key that may put, get, list and delete in the bucket.",
    ),
    secret("s3.key", "That key."),
    setting(
        "meter.limit",
        Some("10"),
        "",
        "Metered stories a month an unknown reader may open, 1 to 50.",
    ),
    setting(
        "meter.asks_from",
        Some("3"),
        "",
        "The story of the month from which the notice is shown.",
    ),
    setting(
        "meter.daily_allowance",
        Some("200"),
        "",
        "Stories a day for readers without a cookie who share a network (/24 or /48).",
    ),
    secret(
        "meter.secret",
        "What seals the meter's cookie. `dateline init` makes one.",
    ),
    secret(
        "meter.previous_secret",
        "What sealed it before: keep it for a month after a change.",
    ),
    setting(
        "c2pa.seal",
        Some("true"),
        "",
        "Whether our pictures carry a signed manifest (C2PA) that names the original they were made from.",
    ),
    setting(
        "c2pa.certificates_file",
        None,
        "secrets/pictures.pem",
        "The certificates pictures are signed with, PEM, the signer's own first. Without, the house makes one that nobody vouches for.",
    ),
    secret(
        "c2pa.key",
        "The key of that certificate: PKCS #8 in PEM, of P-256 or Ed25519.",
    ),
    setting(
        "c2pa.trust_file",
        None,
        "secrets/c2pa-trust.pem",
        "Roots of signers that readers are told are vouched for, PEM, such as the list of C2PA's conformance programme.",
    ),
    setting(
        "crawlers.choices",
        None,
        "google=full, openai-training=none",
        "What verified crawlers may have, with commas between: full, teaser or none.",
    ),
    setting(
        "crawlers.renew",
        Some("true"),
        "",
        "Whether to ask crawlers' owners once a day which addresses are theirs; an http site.url never asks.",
    ),
];

impl Setting {
    /// The name of its environment variable.
    pub fn variable(&self) -> String {
        format!("DATELINE_{}", self.name.replace('.', "_").to_uppercase())
    }
}
