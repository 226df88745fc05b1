//! Names that only some crates may speak: engines, sockets, other programs, routes.

use super::{
    Finding,
    source::{Kind, Source},
};

/// Names that belong inside some crates.
struct Fence {
    /// Tokens side by side, as they are written.
    names: &'static [&'static [&'static str]],
    /// The crates that may speak them.
    homes: &'static [&'static str],
    /// Whether tests of other crates may, too.
    tests: bool,
    /// The invariant of ARCHITECTURE.md, said to who broke it.
    why: &'static str,
}

const FENCES: &[Fence] = &[
    Fence {
        names: &[&["rusqlite"], &["libsqlite3_sys"], &["tokio_postgres"]],
        homes: &["store"],
        tests: false,
        why: "only `store` names an engine",
    },
    Fence {
        names: &[
            &["reqwest"],
            &["TcpStream", ":", ":", "connect"],
            &["UnixStream", ":", ":", "connect"],
            &["UdpSocket", ":", ":", "bind"],
            &["hyper", ":", ":", "client"],
            &["hyper_util", ":", ":", "client"],
            &["hickory_resolver"],
        ],
        homes: &["courier", "testkit", "xtask"],
        tests: true,
        why: "only `courier` opens outgoing sockets",
    },
    Fence {
        names: &[
            &["process", ":", ":", "Command"],
            &["process", ":", ":", "{", "Command"],
            &["tokio", ":", ":", "process"],
            &["CommandExt"],
        ],
        // The darkroom starts the very program it is part of, and takes no name of another from anybody.
        homes: &["darkroom", "testkit", "xtask"],
        tests: true,
        why: "the program starts no other program than itself (PROOFS V-31)",
    },
    Fence {
        names: &[
            &["image", ":", ":"],
            &["fast_image_resize"],
            &["moxcms"],
            &["jpeg_encoder"],
            &["webp", ":", ":"],
            &["libwebp_sys"],
            &["cosmic_text"],
            &["exif", ":", ":"],
        ],
        homes: &["darkroom"],
        tests: true,
        why: "only `darkroom` decodes and encodes pictures, in a child",
    },
    Fence {
        names: &[&["async_nats"]],
        homes: &["cluster"],
        tests: false,
        why: "only `cluster` knows NATS",
    },
    Fence {
        names: &[
            &[".", "route", "("],
            &[".", "route_service", "("],
            &[".", "nest_service", "("],
        ],
        homes: &["web", "testkit"],
        tests: true,
        why: "routes are rows of the table in `web`, or else no test sees them",
    },
];

/// Finds the names outside their homes.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        for fence in FENCES {
            if !fence.homes.contains(&source.crate_name()) {
                findings.extend(outside(source, fence));
            }
        }
    }
    findings
}

fn outside<'a>(source: &'a Source, fence: &'a Fence) -> impl Iterator<Item = Finding> + 'a {
    let places = fence.names.iter().flat_map(|name| source.find(name));
    places
        .map(|place| &source.tokens[place])
        .filter(|token| token.kind != Kind::Text && !(fence.tests && token.test))
        .map(|token| {
            let what = format!("names `{}`: {}", token.text, fence.why);
            Finding::on_line(&source.path, token.line, what)
        })
}

#[cfg(test)]
mod tests {
    use crate::tidy::samples::source;

    #[track_caller]
    fn check(path: &str, text: &str, findings: usize) {
        assert_eq!(
            super::check(&[source(path, text)]).len(),
            findings,
            "{path} {text}"
        );
    }

    #[test]
    fn an_engine_is_named_in_the_store_only() {
        check("crates/store/src/sqlite.rs", "use rusqlite::Connection;", 0);
        check(
            "crates/newsroom/src/story.rs",
            "use rusqlite::Connection;",
            1,
        );
        check(
            "crates/newsroom/src/tests.rs",
            "use tokio_postgres::Client;",
            1,
        );
        check(
            "crates/newsroom/src/story.rs",
            "// rusqlite\nconst A: &str = \"rusqlite\";",
            0,
        );
    }

    #[test]
    fn a_socket_is_opened_by_the_courier_only() {
        check(
            "crates/courier/src/mail.rs",
            "fn a() { TcpStream::connect(b); }",
            0,
        );
        check(
            "crates/site/src/page.rs",
            "fn a() { TcpStream::connect(b); }",
            1,
        );
        check(
            "crates/site/src/page.rs",
            "use hyper_util::client::legacy;",
            1,
        );
        check("crates/site/src/page.rs", "use hyper_util::server;", 0);
        check(
            "crates/site/src/page.rs",
            "#[cfg(test)] mod tests { fn a() { TcpStream::connect(b); } }",
            0,
        );
    }

    #[test]
    fn v_31_only_the_darkroom_and_what_is_for_developers_starts_programs() {
        for text in [
            "use std::process::Command;",
            "use std::process::{Command, Stdio};",
            "fn a() { std::process::Command::new(b); }",
            "use tokio::process;",
            "use std::os::unix::process::CommandExt;",
        ] {
            check("crates/newsroom/src/story.rs", text, 1);
            check("crates/darkroom/src/darkroom.rs", text, 0);
            check("crates/testkit/src/process.rs", text, 0);
            check("xtask/src/process.rs", text, 0);
        }
        let test = "#[cfg(test)] mod tests { use std::process::Command; }";
        check("crates/newsroom/src/story.rs", test, 0);
        check(
            "crates/dateline/src/main.rs",
            "use std::process::ExitCode;",
            0,
        );
        check("crates/dateline/src/admin.rs", "enum Command { Serve }", 0);
    }

    #[test]
    fn a_picture_is_decoded_in_the_darkroom_only() {
        let text = "fn a(b: &[u8]) { image::load_from_memory(b); }";
        check("crates/darkroom/src/develop.rs", text, 0);
        check("crates/api/src/pictures.rs", text, 1);
        check(
            "crates/api/src/pictures.rs",
            "fn a(image: B) { image.c(); }",
            0,
        );
    }

    #[test]
    fn a_route_is_a_row_of_the_table() {
        check(
            "crates/api/src/lib.rs",
            "fn a() { Router::new().route(\"/a\", b); }",
            1,
        );
        check(
            "crates/web/src/routes.rs",
            "fn a() { Router::new().route(\"/a\", b); }",
            0,
        );
        check("crates/api/src/lib.rs", "fn route(a: A) { a.route; }", 0);
    }
}
