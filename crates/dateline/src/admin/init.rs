//! `dateline init`: a new, empty newsroom, and the token by which its owner comes in.

use std::sync::Arc;

use base::{Clock, clock::SystemClock};
use clap::Args;
use newsroom::staff::{Role, enrol};

use super::{Data, Exit, Outcome, block_on, section};
use crate::{folder::Folder, house, settings::read};

#[derive(Debug, Args)]
pub struct Init {
    #[command(flatten)]
    data: Data,
    /// The newsroom's name
    #[arg(long, default_value = "The Newsroom")]
    name: String,
    /// Where its days and months begin, such as Europe/Paris
    #[arg(long, default_value = "UTC")]
    zone: String,
    /// Its first language, such as en or he
    #[arg(long, default_value = "en")]
    language: String,
    /// Its first section; `dateline section` adds others
    #[arg(long, default_value = "News")]
    section: String,
}

impl Init {
    pub(super) fn run(self) -> Outcome {
        let folder = self.data.folder();
        let text = |value: &str| toml::Value::String(value.into()).to_string();
        let more = format!(
            "zone = {}\nlanguage = {}\n",
            text(&self.zone),
            text(&self.language)
        );
        section::checked_name(&self.section)?;
        folder.lay_out(&self.name, &more)?;
        let settings = read(&folder.settings(), std::env::vars()).inspect_err(|_| {
            // A newsroom whose settings cannot be read would only be in the way.
            folder.clear_away();
        })?;
        let token = block_on(first_owner(&folder, &settings))?;
        section::first(&folder, &settings, &self.section)?;
        println!("A newsroom is ready in {}.", folder.0.display());
        println!("Its settings are in {}.", folder.settings().display());
        println!(
            "Start it with: dateline serve --data {}",
            folder.0.display()
        );
        println!(
            "Then come in as its owner, within {} hours:",
            enrol::INVITATION_HOURS
        );
        println!("  {}/desk/enrol?token={token}", settings.url);
        Ok(Exit::DONE)
    }
}

/// Makes the database and the one-time token of the first owner.
pub(super) async fn first_owner(
    folder: &Folder,
    settings: &crate::settings::Settings,
) -> Result<String, super::Stopped> {
    let clock: base::clock::SharedClock = Arc::new(SystemClock);
    let db = house::database(folder, settings, &clock).await?;
    let mut tx = db.begin().await?;
    let token = enrol::invite(&mut tx, Role::Owner, SystemClock.now()).await?;
    tx.commit().await?;
    db.close().await;
    Ok(token.reveal().to_string())
}
