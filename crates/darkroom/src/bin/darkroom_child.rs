//! The child as a program of its own, for tests and the bench. Told to `try` something, it does what a decoder that was
//! taken over would do, so that a test sees how that ends; told to `order`, it writes an order for itself with the plan
//! given and the picture that comes in, so that the bench asks as the product does. The product has nothing of the kind.

use std::{
    io::{self, Read, Write},
    process::ExitCode,
};

use darkroom::child::{self, Order};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("try") => attempt(&arguments.next().unwrap_or_default()),
        Some("order") => order(&arguments.next().unwrap_or_default()),
        _ => child::run(),
    }
}

/// Writes an order to make the prints of a plan, which is JSON.
fn order(plan: &str) -> ExitCode {
    let write = || -> io::Result<()> {
        let plan = Some(serde_json::from_str(plan)?);
        let mut picture = Vec::new();
        io::stdin().read_to_end(&mut picture)?;
        let order = Order {
            plan,
            ..Order::default()
        };
        io::stdout().write_all(&child::written(order, &picture)?)
    };
    match write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// Gives up everything, then tries. Exits with nought where it could do what it tried, and with one where an error came
/// back.
fn attempt(what: &str) -> ExitCode {
    if let Err(why) = child::confine() {
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
