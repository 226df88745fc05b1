//! The parent's side: a child for each picture, so many at once, each with its time; whatever happens to one is a
//! refusal of that picture and nothing else.

use std::{
    io,
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use base::{Fault, No, Refusal, no::Doing};
use bytes::Bytes;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, Command},
    sync::Semaphore,
    time::timeout,
};

mod sealing;

use crate::{
    child::{Answer, Asked, MAX_ANSWER, Order, Said, answer_of, head_of},
    refused::{Mishap, Refused},
};

/// How long a child may take by the clock on the wall; twelve million pixels to every size take less than two seconds.
pub const LONGEST: Duration = Duration::from_secs(10);

/// Develops pictures in children.
#[derive(Clone)]
pub struct Darkroom {
    program: Program,
    folder: Arc<Path>,
    benches: Arc<Semaphore>,
    longest: Duration,
}

/// What is started as a child: a program and what it is told on its command line.
#[derive(Clone, Debug)]
pub struct Program {
    /// The program.
    pub path: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
}

impl Program {
    /// The running program itself with this argument. Where the system can say so, it is the very file that runs, even
    /// when a newer one lies in its place: parent and child always speak the same.
    pub fn itself(argument: &str) -> io::Result<Self> {
        let running = PathBuf::from("/proc/self/exe");
        let path = if running.exists() {
            running
        } else {
            std::env::current_exe()?
        };
        Ok(Self {
            path,
            arguments: vec![argument.to_string()],
        })
    }
}

/// Why nothing came out.
#[derive(Debug)]
pub enum NotDone {
    /// The picture's own doing; for the person who brought it.
    Refused(Refused),
    /// Ours: no child could be started. For the log.
    Failed(Fault),
}

impl From<Fault> for NotDone {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}
impl From<Refused> for NotDone {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}
impl From<NotDone> for No {
    fn from(not_done: NotDone) -> Self {
        match not_done {
            NotDone::Refused(refused) => Refusal::from(refused).into(),
            NotDone::Failed(fault) => fault.into(),
        }
    }
}

impl Darkroom {
    /// A darkroom with so many benches: children at once, best one for each core. In `folder`, which has to be there,
    /// each child gets an empty folder to stand in, which is gone when it is.
    pub fn new(program: Program, folder: &Path, benches: usize) -> Self {
        Self {
            program,
            folder: folder.into(),
            benches: Arc::new(Semaphore::new(benches.max(1))),
            longest: LONGEST,
        }
    }

    /// The same with less time for each picture, so that a test need not wait.
    #[must_use]
    pub fn hurried(self, longest: Duration) -> Self {
        Self { longest, ..self }
    }

    /// Has a child do what is asked, when a bench is free.
    ///
    /// # Errors
    /// [`NotDone::Refused`] with what is wrong with the picture, or how its child ended; [`NotDone::Failed`] where no
    /// child could be started or bound.
    pub async fn develop(&self, picture: Bytes, order: &Order) -> Result<Answer, NotDone> {
        // What is too large is refused before it takes a bench, and empty or foreign before a process is started.
        if picture.len() as u64 > order.limits.bytes {
            let most = order.limits.bytes;
            return Err(Refused::TooLarge { most }.into());
        }
        crate::kind::Kind::of(&picture)?;
        let bench = self.benches.acquire().await.doing("taking a bench")?;
        let folder = EmptyFolder::in_folder(&self.folder).doing("making a child's folder")?;
        let mut child = self.start(&folder).doing("starting a child")?;
        let asked = Asked::Develop(Box::new(order.clone()));
        let written = match timeout(self.longest, talk(&mut child, &picture, &asked)).await {
            Ok(written) => written.doing("talking with a child")?,
            Err(_) => {
                child.kill().await.doing("ending a child")?;
                return Err(Refused::Undeveloped(Mishap::TooLong).into());
            }
        };
        drop(bench);
        match written.0.success().then(|| answer_of(&written.1)) {
            Some(Some(Said::Done(answer))) => Ok(*answer),
            Some(Some(Said::Refused(refused))) => Err(refused.into()),
            Some(Some(Said::Unconfined(why))) => {
                Err(Fault::while_("confining a child", why).into())
            }
            Some(_) => Err(Refused::Undeveloped(Mishap::Garbled).into()),
            None => Err(Refused::Undeveloped(mishap(written.0)).into()),
        }
    }

    fn start(&self, folder: &EmptyFolder) -> io::Result<Child> {
        Command::new(&self.program.path)
            .args(&self.program.arguments)
            .env_clear()
            .current_dir(&folder.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
    }
}

/// Sends the order and takes the answer at the same time: a child that refuses early does not wait to hear the rest.
async fn talk(
    child: &mut Child,
    picture: &[u8],
    asked: &Asked,
) -> io::Result<(ExitStatus, Vec<u8>)> {
    let head = head_of(asked, picture.len() as u64)?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::Error::other("the child has no streams"));
    };
    let sending = async move {
        // A child that ended before it had heard all says why on the other side.
        let _ = input.write_all(&head).await;
        let _ = input.write_all(picture).await;
    };
    let taking = async move {
        let mut written = Vec::new();
        let taken = output.take(MAX_ANSWER).read_to_end(&mut written).await;
        taken.map(|_| written)
    };
    let ((), written) = tokio::join!(sending, taking);
    let written = written?;
    // One that has more to say than we listen to is stopped by its closed stream.
    let status = child.wait().await?;
    Ok((status, written))
}

/// How a child ended that did not end by itself.
#[cfg(unix)]
fn mishap(status: ExitStatus) -> Mishap {
    use std::os::unix::process::ExitStatusExt;

    // Numbers as signal(7) has them on the machines we run on.
    const ABORT: i32 = 6;
    const KILL: i32 = 9;
    const PROCESSOR_TIME: i32 = 24;
    const BAD_CALL: i32 = 31;
    match status.signal() {
        // Rust ends so when memory is refused; panics are caught.
        Some(ABORT) => Mishap::OutOfMemory,
        Some(KILL | PROCESSOR_TIME) => Mishap::TooLong,
        Some(BAD_CALL) => Mishap::Forbidden,
        _ => Mishap::Crashed,
    }
}

#[cfg(not(unix))]
fn mishap(_: ExitStatus) -> Mishap {
    Mishap::Crashed
}

/// An empty folder that goes when the child goes.
struct EmptyFolder(PathBuf);

impl EmptyFolder {
    fn in_folder(folder: &Path) -> io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("child-{}-{number}", std::process::id()));
        std::fs::create_dir(&path)?;
        Ok(Self(path))
    }
}

impl Drop for EmptyFolder {
    fn drop(&mut self) {
        // Only an empty one goes; what a child could leave, which is nothing, would be seen.
        let _ = std::fs::remove_dir(&self.0);
    }
}
