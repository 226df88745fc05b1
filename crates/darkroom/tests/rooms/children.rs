//! Children: what they cannot do, and that nothing they do is the parent's trouble.

use std::{path::PathBuf, time::Duration};

use base::No;
use bytes::Bytes;
use darkroom::{
    Answer, Cut, Darkroom, Focus, Format, Mishap, Order, Plan, Refused, Shape, child,
    darkroom::{NotDone, Program},
};

use crate::make;

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    /// An empty one, named for who asks.
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("darkroom-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn entries(&self) -> usize {
        std::fs::read_dir(&self.0).unwrap().count()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The child that the product has, as a program of its own.
pub fn child_program() -> Program {
    Program {
        path: env!("CARGO_BIN_EXE_darkroom-child").into(),
        arguments: Vec::new(),
    }
}

/// A few sizes in both formats.
pub fn order() -> Order {
    let plan = Plan {
        cuts: vec![
            Cut {
                shape: Shape::Whole,
                width: 320,
            },
            Cut {
                shape: Shape::Whole,
                width: 64,
            },
            Cut {
                shape: Shape::Wide,
                width: 64,
            },
        ],
        formats: vec![Format::Webp, Format::Jpeg],
        focus: Focus::default(),
    };
    Order {
        plan: Some(plan),
        ..Order::default()
    }
}

/// Has a program that is no child of ours answer for one picture.
async fn ask(
    name: &str,
    path: &str,
    arguments: &[&str],
    longest: Duration,
) -> (Result<Answer, NotDone>, usize) {
    let folder = Folder::new(name);
    let arguments = arguments.iter().map(ToString::to_string).collect();
    let program = Program {
        path: path.into(),
        arguments,
    };
    let darkroom = Darkroom::new(program, &folder.0, 1).hurried(longest);
    let answer = darkroom.develop(make::jpeg(80, 60).into(), &order()).await;
    (answer, folder.entries())
}

#[track_caller]
fn is_mishap(answer: &Result<Answer, NotDone>, expected: Mishap, what: &str) {
    let Err(NotDone::Refused(Refused::Undeveloped(mishap))) = answer else {
        panic!("{what}: {answer:?}");
    };
    assert_eq!(*mishap, expected, "{what}");
}

#[tokio::test]
async fn a_child_answers_as_the_work_itself_does() {
    let folder = Folder::new("answers");
    let darkroom = Darkroom::new(child_program(), &folder.0, 1);
    let picture = make::with_segments(&make::jpeg(400, 300), &[make::iim(&[(2, 110, b"Agency")])]);
    let answer = darkroom
        .develop(picture.clone().into(), &order())
        .await
        .unwrap();
    assert!(
        answer.filtered || !cfg!(target_os = "linux"),
        "calls to the kernel are filtered"
    );
    let own = Answer {
        filtered: answer.filtered,
        ..child::work(&order(), &picture).unwrap()
    };
    assert_eq!(answer, own);
    assert_eq!(folder.entries(), 0, "nothing is left behind");
}

#[tokio::test]
async fn what_is_no_picture_or_too_large_starts_no_child() {
    let nobody = Program {
        path: "/nowhere/no-such-program".into(),
        arguments: Vec::new(),
    };
    let folder = Folder::new("no-child");
    let darkroom = Darkroom::new(nobody, &folder.0, 1);
    for (bytes, refused) in [
        (Bytes::new(), Refused::Empty),
        (
            Bytes::from_static(b"<svg/>"),
            Refused::Foreign(darkroom::Foreign::Svg),
        ),
        (
            vec![0xFF; 50_000_001].into(),
            Refused::TooLarge { most: 50_000_000 },
        ),
    ] {
        let answer = darkroom.develop(bytes, &order()).await;
        assert!(matches!(answer, Err(NotDone::Refused(found)) if found == refused));
    }
    let answer = darkroom.develop(make::jpeg(8, 8).into(), &order()).await;
    let Err(NotDone::Failed(fault)) = answer else {
        panic!("a program that is not there is our fault: {answer:?}");
    };
    assert!(
        fault.chain().starts_with("starting a child: "),
        "{}",
        fault.chain()
    );
}

#[tokio::test]
async fn f_11_a_child_that_hangs_is_ended_when_its_time_is_up() {
    let (answer, left) = ask("hangs", "/bin/sleep", &["600"], Duration::from_millis(100)).await;
    is_mishap(&answer, Mishap::TooLong, "one that sleeps");
    assert_eq!(left, 0);
    let busy = env!("CARGO_BIN_EXE_darkroom-child");
    let (answer, _) = ask(
        "spins",
        busy,
        &["try", "never-end"],
        Duration::from_millis(300),
    )
    .await;
    is_mishap(&answer, Mishap::TooLong, "one that is busy");
}

/// The bound that the child sets itself. The parent's clock, which would end it as well, is set far behind it; ten seconds of
/// one processor are what this takes, for the bound is the product's own.
#[cfg(unix)]
#[tokio::test]
async fn f_11_a_child_that_never_ends_is_ended_by_its_own_bound_on_the_processor() {
    const FAR_BEHIND: Duration = Duration::from_secs(150);
    let busy = env!("CARGO_BIN_EXE_darkroom-child");
    let began = std::time::Instant::now();
    let (answer, left) = ask("bound", busy, &["try", "never-end"], FAR_BEHIND).await;
    let took = began.elapsed();
    is_mishap(&answer, Mishap::TooLong, "one that never ends");
    assert_eq!(left, 0);
    assert!(took < FAR_BEHIND, "the parent ended it: {took:?}");
    // Nobody has more of one processor than goes by on the wall; the system counts in ticks.
    let least = Duration::from_secs(child::CPU_SECONDS - 1);
    assert!(took > least, "something else ended it: {took:?}");
}

#[tokio::test]
async fn f_11_however_a_child_ends_it_is_a_refusal_of_that_picture() {
    let ends: [(&str, &[&str], Mishap); 6] = [
        ("/bin/false", &[], Mishap::Crashed),
        ("/bin/true", &[], Mishap::Garbled),
        ("/bin/cat", &[], Mishap::Garbled),
        ("/bin/sh", &["-c", "kill -SEGV $$"], Mishap::Crashed),
        ("/bin/sh", &["-c", "kill -KILL $$"], Mishap::TooLong),
        (
            "/bin/sh",
            &["-c", "printf '\\377\\377\\377\\377'; cat"],
            Mishap::Garbled,
        ),
    ];
    for (nth, (path, arguments, mishap)) in ends.iter().enumerate() {
        let (answer, left) = ask(
            &format!("ends-{nth}"),
            path,
            arguments,
            Duration::from_secs(5),
        )
        .await;
        is_mishap(&answer, *mishap, &format!("{path} {arguments:?}"));
        assert_eq!(left, 0);
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_26_a_child_that_was_taken_over_reaches_nothing() {
    let child = env!("CARGO_BIN_EXE_darkroom-child");
    let attempts = [
        ("read-a-file", Mishap::Forbidden),
        ("write-a-file", Mishap::Forbidden),
        ("listen", Mishap::Forbidden),
        ("start-a-program", Mishap::Forbidden),
        ("start-a-thread", Mishap::Forbidden),
        ("take-memory", Mishap::OutOfMemory),
        ("nothing", Mishap::Garbled),
    ];
    for (what, mishap) in attempts {
        let (answer, left) = ask(what, child, &["try", what], Duration::from_secs(5)).await;
        is_mishap(&answer, mishap, what);
        assert_eq!(left, 0, "{what} left something behind");
    }
}

#[test]
fn a_refusal_has_a_key_and_the_facts_its_message_needs() {
    let refused = [
        Refused::Empty,
        Refused::TooLarge { most: 50_000_000 },
        Refused::Foreign(darkroom::Foreign::Heic),
        Refused::Unreadable,
        Refused::TooLong {
            has: 40_000,
            most: 30_000,
        },
        Refused::TooManyPixels {
            has: 900_000_000,
            most: 110_000_000,
        },
        Refused::TooHeavy {
            has: 512_000_000,
            most: 369_098_752,
        },
        Refused::TooManyFrames { most: 2_000 },
        Refused::TooEmpty,
        Refused::Undeveloped(Mishap::Damaged),
    ];
    let said: Vec<String> = refused
        .into_iter()
        .map(|refused| No::from(NotDone::from(refused)).to_string())
        .collect();
    let expected = [
        "picture-empty",
        "picture-too-large limit=50",
        "picture-foreign kind=heic",
        "picture-unreadable",
        "picture-too-long has=40000 limit=30000",
        "picture-too-many-pixels has=900 limit=110",
        "picture-too-heavy has=512 limit=369",
        "picture-too-many-frames limit=2000",
        "picture-too-empty",
        "picture-undeveloped kind=damaged",
    ];
    assert_eq!(said, expected);
}
