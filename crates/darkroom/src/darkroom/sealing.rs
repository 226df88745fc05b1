//! The parent's side of sealing: it holds the key, and signs what its child holds out, once for each print.

use std::io;

use base::{Fault, no::Doing};
use bytes::Bytes;
use provenance::{Deed, Signs, signing::SIGNATURE_BYTES};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, ChildStdin, ChildStdout},
    time::timeout,
};

use super::{Darkroom, EmptyFolder, NotDone};
use crate::{
    child::{Asked, Label, MAX_ANSWER, MAX_HEAD, Said, Sealing, head_of, said_of},
    develop::Print,
    limits::Limits,
    refused::{Mishap, Refused},
};

impl Darkroom {
    /// Puts our manifest into every print: it names the original, says what was done, and is signed. What was sealed
    /// before is sealed anew. Their pixels stay as they are.
    ///
    /// # Errors
    /// [`NotDone::Failed`] where nothing was sealed: the prints are as good as before, and carry no manifest.
    pub async fn seal(
        &self,
        original: Bytes,
        prints: Vec<Print>,
        deed: &Deed,
        hand: &(dyn Signs + Sync),
    ) -> Result<Vec<Print>, NotDone> {
        let bench = self.benches.acquire().await.doing("taking a bench")?;
        let folder = EmptyFolder::in_folder(&self.folder).doing("making a child's folder")?;
        let mut child = self.start(&folder).doing("starting a child")?;
        let asked = Asked::Seal(Box::new(Sealing {
            limits: Limits::default(),
            deed: deed.clone(),
            algorithm: hand.algorithm(),
            certificates: hand.certificates(),
            prints: prints.iter().map(Label::of).collect(),
        }));
        let talking = talk(&mut child, &original, &prints, &asked, hand);
        let said = timeout(self.longest, talking).await;
        // It has said all it had to say, or never will.
        child.kill().await.doing("ending a child")?;
        drop(bench);
        match said {
            Ok(said) => sealed(said.doing("talking with a child")?, &prints),
            Err(_) => Err(Refused::Undeveloped(Mishap::TooLong).into()),
        }
    }
}

fn sealed(said: Option<Said>, prints: &[Print]) -> Result<Vec<Print>, NotDone> {
    match said {
        Some(Said::Sealed(sealed)) if are_the_same(&sealed, prints) => Ok(sealed),
        Some(Said::Unsealed(why)) => Err(Fault::while_("sealing prints", why).into()),
        Some(Said::Unconfined(why)) => Err(Fault::while_("confining a child", why).into()),
        Some(Said::Refused(refused)) => Err(refused.into()),
        _ => Err(Refused::Undeveloped(Mishap::Garbled).into()),
    }
}

/// The same prints in the same order, whatever was written into them.
fn are_the_same(sealed: &[Print], prints: &[Print]) -> bool {
    let label = |print: &Print| (print.shape, print.format, print.width, print.height);
    sealed.iter().map(label).eq(prints.iter().map(label))
}

/// Sends everything, then listens: a child says nothing before it has heard all.
async fn talk(
    child: &mut Child,
    original: &[u8],
    prints: &[Print],
    asked: &Asked,
    hand: &(dyn Signs + Sync),
) -> io::Result<Option<Said>> {
    let (Some(mut input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::Error::other("the child has no streams"));
    };
    input
        .write_all(&head_of(asked, original.len() as u64)?)
        .await?;
    input.write_all(original).await?;
    for print in prints {
        input.write_all(&print.bytes).await?;
    }
    // One signature for each print, and no more: a child gone wrong gets nothing else signed.
    for _ in 0..=prints.len() {
        let Some(head) = take_framed(&mut output).await? else {
            return Ok(None);
        };
        match said_of(&head, &[]) {
            Some(Said::Sign(bytes)) => give(&mut input, hand, &bytes).await?,
            _ => return with_the_rest(&head, output).await,
        }
    }
    Ok(None)
}

async fn give(input: &mut ChildStdin, hand: &(dyn Signs + Sync), bytes: &[u8]) -> io::Result<()> {
    let signature = hand.sign(bytes)?;
    if signature.len() != SIGNATURE_BYTES {
        return Err(io::Error::other("the signature is of another length"));
    }
    input.write_all(&signature).await
}

async fn take_framed(output: &mut ChildStdout) -> io::Result<Option<Vec<u8>>> {
    let Ok(length) = output.read_u32().await else {
        return Ok(None);
    };
    if length > MAX_HEAD {
        return Ok(None);
    }
    let mut head = vec![0; length as usize];
    output.read_exact(&mut head).await?;
    Ok(Some(head))
}

async fn with_the_rest(head: &[u8], output: ChildStdout) -> io::Result<Option<Said>> {
    let mut rest = Vec::new();
    output.take(MAX_ANSWER).read_to_end(&mut rest).await?;
    Ok(said_of(head, &rest))
}
