//! `dateline serve`: the site, the desk and the API, until it is told to stop.

use std::sync::Arc;

use base::{clock::SharedClock, clock::SystemClock};
use clap::Args;

use super::{Data, Exit, Outcome, runtime, terminal};
use crate::{
    folder::Folder,
    house::Newsroom,
    serve::{bind, serve},
    settings::Settings,
};

#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    data: Data,
    /// Write the log as JSON, a line for each event
    #[arg(long)]
    json: bool,
}

impl Serve {
    pub(super) fn run(self) -> Outcome {
        terminal::log(self.json);
        let (folder, settings) = self.data.open()?;
        until_stopped(&folder, &settings, Arc::new(SystemClock), |_| {})
    }
}

/// Serves until SIGTERM or Ctrl-C; `ready` is called with the address once connections are taken.
pub(super) fn until_stopped(
    folder: &Folder,
    settings: &Settings,
    clock: SharedClock,
    ready: impl FnOnce(std::net::SocketAddr),
) -> Outcome {
    runtime(settings.threads)?.block_on(async {
        let newsroom = Newsroom::open(folder, settings, clock).await?;
        let listener = bind(settings.listen).await?;
        let address = listener
            .local_addr()
            .map_err(|error| base::Fault::while_("asking for our own address", error))?;
        println!("listening on http://{address}");
        ready(address);
        serve(newsroom, listener, terminal::asked_to_stop()).await?;
        Ok(Exit::DONE)
    })
}
