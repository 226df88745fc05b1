//! The child as a program of its own, for tests and the bench. Told to `try` something, it does what a decoder that was
//! taken over would do, so that a test sees how that ends; the product has nothing of the kind.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("try") => attempt(&arguments.next().unwrap_or_default()),
        _ => darkroom::child::run(),
    }
}

/// Gives up everything, then tries. Exits with nought where it could do what it tried, and with one where an error came
/// back.
fn attempt(what: &str) -> ExitCode {
    if let Err(why) = darkroom::child::confine() {
        eprintln!("{why}");
        return ExitCode::from(2);
    }
    let done = match what {
        "nothing" => true,
        "read-a-file" => std::fs::read("/etc/hostname").is_ok(),
        "write-a-file" => std::fs::write("left-behind", "here").is_ok(),
        "listen" => std::net::TcpListener::bind("127.0.0.1:0").is_ok(),
        "start-a-program" => std::process::Command::new("/bin/true").status().is_ok(),
        "start-a-thread" => std::thread::Builder::new().spawn(|| ()).is_ok(),
        "take-memory" => vec![1_u8; 600 * 1024 * 1024].len() > 1,
        "never-end" => loop {
            std::hint::spin_loop();
        },
        _ => false,
    };
    ExitCode::from(u8::from(!done))
}
