//! Giving up: time, memory, files, processes, and every call to the kernel that decoding does not need.
//!
//! The child does this to itself, first thing: nothing foreign was read by then, and the house stays free of `unsafe`.

/// Seconds on the processor. The parent's own clock stands behind it.
pub const CPU_SECONDS: u64 = 10;
/// Bytes of address space. The largest picture there may be, unpacked, and what developing takes beside it.
pub const MEMORY: u64 = 512 * 1024 * 1024;

/// Gives up what can be given up. Says whether calls to the kernel are filtered, which not every system can.
///
/// # Errors
/// In words for the log, where a bound could not be set: then nothing may be decoded.
#[cfg(unix)]
pub fn confine() -> Result<bool, String> {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let bounds = [
        (Resource::Cpu, CPU_SECONDS),
        (Resource::As, MEMORY),
        // No byte into any file; pipes are none.
        (Resource::Fsize, 0),
        // The three streams it has, and no more.
        (Resource::Nofile, 3),
        // Not in force for the superuser; the filter is.
        (Resource::Nproc, 0),
        // What was in a picture is in no core file.
        (Resource::Core, 0),
    ];
    for (resource, most) in bounds {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit).map_err(|error| format!("{resource:?} at {most}: {error}"))?;
    }
    filter()
}

/// No system without these bounds may decode what strangers send.
#[cfg(not(unix))]
pub fn confine() -> Result<bool, String> {
    Err("this system has no bounds for a child process".into())
}

/// Lets pass what an allocator, a pipe and an orderly end need; anything else kills the process at once.
#[cfg(all(
    target_os = "linux",
    any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "riscv64"
    )
))]
fn filter() -> Result<bool, String> {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};

    let words = |error: &dyn std::fmt::Display| format!("the filter of calls: {error}");
    let architecture = std::env::consts::ARCH.try_into();
    let filter = SeccompFilter::new(
        allowed().map_err(|error| words(&error))?,
        SeccompAction::KillProcess,
        SeccompAction::Allow,
        architecture.map_err(|error| words(&error))?,
    );
    let program: BpfProgram = filter
        .and_then(BpfProgram::try_from)
        .map_err(|error| words(&error))?;
    match apply_filter(&program) {
        Ok(()) => Ok(true),
        // A kernel built without filters, or a sandbox around us that forbids setting them.
        Err(seccompiler::Error::Prctl(_) | seccompiler::Error::Seccomp(_)) => Ok(false),
        Err(error) => Err(words(&error)),
    }
}

#[cfg(all(
    target_os = "linux",
    any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "riscv64"
    )
))]
fn allowed()
-> Result<std::collections::BTreeMap<i64, Vec<seccompiler::SeccompRule>>, seccompiler::BackendError>
{
    use seccompiler::{
        SeccompCmpArgLen::Dword, SeccompCmpOp, SeccompCondition as Condition, SeccompRule as Rule,
    };

    let free = [
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_brk,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_madvise,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_getrandom,
        libc::SYS_clock_gettime,
        libc::SYS_sigaltstack,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_restart_syscall,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];
    let mut rules: std::collections::BTreeMap<i64, Vec<Rule>> =
        free.into_iter().map(|call| (call, Vec::new())).collect();
    // Memory, but none that could be run.
    let executable = SeccompCmpOp::MaskedEq(libc::PROT_EXEC as u64);
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        let never_run = Condition::new(2, Dword, executable.clone(), 0)?;
        rules.insert(call, vec![Rule::new(vec![never_run])?]);
    }
    // Its own end, as `abort` brings it about, and nobody else's.
    let own = u64::from(std::process::id());
    let to_itself = Condition::new(0, Dword, SeccompCmpOp::Eq, own)?;
    rules.insert(libc::SYS_tgkill, vec![Rule::new(vec![to_itself])?]);
    Ok(rules)
}

/// No filter that we know how to set here.
#[cfg(all(
    unix,
    not(all(
        target_os = "linux",
        any(
            target_arch = "x86_64",
            target_arch = "aarch64",
            target_arch = "riscv64"
        )
    ))
))]
fn filter() -> Result<bool, String> {
    Ok(false)
}
