//! A section or a running story that opens its stories to everybody, or closes them again, all at once.
//!
//! No story changes by it and none says so. Whoever passes stories on needs to hear of it all the same, for what was
//! open when it was passed on may be closed now.

use base::{Fault, Id, Instant};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Tx,
    outbox::{self, Event},
};

use crate::{
    edition::{Edition, ListOf},
    running::RunningStory,
    section::{FURNITURE_CHANGED, Section},
    story::{Access, Card},
};

/// What stands around stories and has a say in who may read them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opener {
    /// A section, by its reading rule.
    Section(Id<Section>),
    /// A running story, by its public-safety switch.
    Running(Id<RunningStory>),
}

impl Opener {
    /// Who opened or closed its stories by this event; nobody, by any other.
    pub fn of_event(event: &Event) -> Option<Self> {
        if event.kind != FURNITURE_CHANGED {
            return None;
        }
        serde_json::from_value(event.payload["opener"].clone()).ok()
    }

    /// Tells the edition, and whoever passes stories on, that its stories are open now or closed.
    ///
    /// # Errors
    /// When the database is unavailable.
    pub(crate) async fn tell(self, tx: &mut Tx, now: Instant) -> Result<(), Fault> {
        let subject = match self {
            Self::Section(id) => id.uuid(),
            Self::Running(id) => id.uuid(),
        };
        outbox::emit(tx, FURNITURE_CHANGED, subject, json!({"opener": self}), now).await
    }

    /// The list of its stories.
    pub fn stories(self) -> ListOf {
        match self {
            Self::Section(id) => ListOf::Section(id),
            Self::Running(id) => ListOf::Running(id),
        }
    }

    /// Whether it decides who may read this one of them: whether nothing else has its say before, or opens it anyway.
    pub fn decides(self, edition: &Edition, card: &Card) -> bool {
        match self {
            Self::Section(_) => {
                let by_section = |access| card.access(Some(access));
                let running = card.running.and_then(|id| edition.running(id));
                by_section(Access::Open) != by_section(Access::Metered)
                    && !running.is_some_and(|running| running.public_safety_open)
            }
            Self::Running(_) => {
                let section = card.section.and_then(|id| edition.section(id));
                card.access(section.map(|section| section.access)) != Access::Open
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use base::Language;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::{
        edition::Furniture,
        running::RunningState,
        story::{Fields, Genre, Kind},
    };

    fn noon() -> Instant {
        "2026-03-03T12:00:00Z".parse().unwrap()
    }

    fn edition(section: Access, public_safety_open: bool) -> (Edition, Fields) {
        let city = Section {
            id: Id::fresh(),
            slug: "city".parse().unwrap(),
            name: "City".into(),
            description: String::new(),
            language: Language::english(),
            access: section,
            position: 1,
            version: 1,
        };
        let flood = RunningStory {
            id: Id::fresh(),
            slug: "the-flood".parse().unwrap(),
            name: "The flood".into(),
            label: "Flood".into(),
            language: Language::english(),
            state: RunningState::Breaking,
            summary: vec![],
            public_safety_open,
            reviewed_at: None,
            created_at: noon(),
            updated_at: noon(),
            version: 1,
        };
        let fields = Fields {
            section_id: Some(city.id),
            running_story_id: Some(flood.id),
            ..Fields::default()
        };
        let furniture = Furniture {
            sections: vec![city],
            running: vec![flood],
            ..Furniture::default()
        };
        (
            Edition::empty(TimeZone::UTC).with_furniture(furniture),
            fields,
        )
    }

    #[test]
    fn a_section_and_a_switch_decide_where_nothing_else_does() {
        #[track_caller]
        fn check(
            (section, safety): (Access, bool),
            fields: impl Fn(&mut Fields),
            decide: (bool, bool),
        ) {
            let (edition, mut own) = edition(section, safety);
            fields(&mut own);
            let card = Card::of(Kind::Story, &own);
            let city = Opener::Section(own.section_id.unwrap());
            let flood = Opener::Running(own.running_story_id.unwrap());
            let found = (
                city.decides(&edition, &card),
                flood.decides(&edition, &card),
            );
            assert_eq!(found, decide, "{own:?}");
        }
        let (open, metered) = (Access::Open, Access::Metered);
        check((metered, false), |_| {}, (true, true));
        check((open, false), |_| {}, (true, false));
        check((metered, true), |_| {}, (false, true));
        let closed = |fields: &mut Fields| fields.access = Some(Access::Metered);
        check((open, false), closed, (false, true));
        let opened = |fields: &mut Fields| fields.access = Some(Access::Open);
        check((metered, false), opened, (false, false));
        let genre = |fields: &mut Fields| fields.genre = Genre::Obituary;
        check((metered, false), genre, (false, false));
    }
}
