//! What stands around stories, and where it was known before: people, sections, topics, pictures, old pages.

use base::{Fault, Id, Slug};
use newsroom::{
    person::{self, Person},
    section::{self, Section},
    story::{
        Access,
        take_in::{keep_old_page, take_in_picture},
    },
};
use store::Tx;

use super::{Landing, report::unnamed};
use crate::incoming::{IncomingPerson, IncomingPicture, IncomingSection};

impl Landing {
    pub(super) async fn person(
        &mut self,
        tx: &mut Tx,
        incoming: &IncomingPerson,
    ) -> Result<(), Fault> {
        let words = [&incoming.name, &incoming.slug, &incoming.key];
        let Some(slug) = words.into_iter().find_map(|words| Slug::from_words(words)) else {
            self.report.warn(unnamed("a person", &incoming.key));
            return Ok(());
        };
        let bio = incoming.bio.clone();
        let name = if incoming.name.is_empty() {
            &incoming.key
        } else {
            &incoming.name
        };
        let name = name.clone();
        let person = Person {
            id: Id::fresh(),
            slug,
            name: name.clone(),
            role: None,
            bio,
            version: 1,
        };
        let old = format!("/author/{}", incoming.slug);
        let leads_to = format!("/author/{}", person.slug);
        let id = person::put(tx, &person, self.settings.now).await?;
        self.old_page(tx, &old, &leads_to).await?;
        self.known.people.insert(incoming.key.clone(), (id, name));
        self.report.people += 1;
        Ok(())
    }

    pub(super) async fn section(
        &mut self,
        tx: &mut Tx,
        incoming: &IncomingSection,
    ) -> Result<(), Fault> {
        let words = [&incoming.slug, &incoming.name, &incoming.key];
        let Some(slug) = words.into_iter().find_map(|words| Slug::from_words(words)) else {
            self.report.warn(unnamed("a section", &incoming.key));
            return Ok(());
        };
        let leads_to = format!("/section/{slug}");
        let section = Section {
            id: Id::fresh(),
            slug,
            name: incoming.name.clone(),
            description: incoming.description.clone().unwrap_or_default(),
            language: self.settings.language.clone(),
            access: Access::Metered,
            position: self.known.sections.len() as u32 + 1,
            version: 1,
        };
        let id = section::add(tx, &section).await?;
        let old = incoming.old_address.clone();
        let old = old.unwrap_or_else(|| format!("/category/{}", incoming.slug));
        self.old_page(tx, &old, &leads_to).await?;
        self.known.sections.insert(incoming.key.clone(), id);
        self.report.sections += 1;
        Ok(())
    }

    pub(super) async fn topic(&mut self, tx: &mut Tx, slug: &str, name: &str) -> Result<(), Fault> {
        let Some(topic) = Slug::from_words(name) else {
            return Ok(());
        };
        self.old_page(tx, &format!("/tag/{slug}"), &format!("/topic/{topic}"))
            .await
    }

    pub(super) async fn old_page(
        &mut self,
        tx: &mut Tx,
        old: &str,
        leads_to: &str,
    ) -> Result<(), Fault> {
        let differs = newsroom::reading::old_form(old) != leads_to;
        if differs && keep_old_page(tx, old, leads_to, self.settings.now).await? {
            self.report.redirects += 1;
        }
        Ok(())
    }

    pub(super) async fn picture(
        &mut self,
        tx: &mut Tx,
        picture: IncomingPicture,
    ) -> Result<(), Fault> {
        let record = serde_json::json!({
            "url": picture.url, "title": picture.title, "alt": picture.alt,
            "caption": picture.caption, "credit": picture.credit, "story": picture.parent,
        });
        let source = &self.settings.source;
        if take_in_picture(tx, source, &picture.key, record, self.settings.now).await? {
            self.report.pictures += 1;
        }
        Ok(())
    }
}
