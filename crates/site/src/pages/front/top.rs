//! What stands at the top of the front: the editors' slots, then the newest in the places left.

use std::{collections::HashSet, sync::Arc};

use base::Language;
use newsroom::{
    Edition,
    edition::{ListOf, Published},
    front::Weight,
    story::StoryId,
};

/// Stories beside the lead.
const MAJORS: usize = 4;
/// Stories below them, where editors have not put more there.
const PLAINS: usize = 6;
/// How far back the front looks for stories of the site's own language, per place to fill.
const LOOK_BACK: usize = 20;

/// The stories at the top, by where they stand.
pub struct Top<'e> {
    /// The one that leads; none while there is nothing to read.
    pub lead: Option<&'e Arc<Published>>,
    /// Beside it, four at most.
    pub majors: Vec<&'e Arc<Published>>,
    /// Below, each with the weight of its card.
    pub below: Vec<(&'e Arc<Published>, &'static str)>,
}

impl<'e> Top<'e> {
    /// Slots first, each by its weight. Where there are more of a weight than places, the later
    /// ones stand one step lower: whatever an editor put on the front is on it. A slot whose story
    /// readers cannot see is as if it were not there.
    pub fn of(edition: &'e Edition, language: &Language) -> Self {
        let slots = &edition.furniture.slots;
        let shown: Vec<(&Arc<Published>, Weight)> = slots
            .iter()
            .filter_map(|slot| Some((edition.story(slot.story_id)?, slot.weight)))
            .collect();
        let of = |wanted: Weight| {
            let fitting = shown.iter().filter(move |(_, weight)| *weight == wanted);
            fitting.map(|(story, _)| *story)
        };
        let mut used: HashSet<StoryId> = shown.iter().map(|(story, _)| story.id).collect();
        let newest = newest_of(edition, language, 1 + MAJORS + PLAINS + used.len());
        let mut fresh = newest.into_iter().filter(|story| used.insert(story.id));

        let mut leads = of(Weight::Lead);
        let lead = leads.next().or_else(|| fresh.next());
        let mut majors: Vec<_> = leads.chain(of(Weight::Major)).collect();
        let lower = majors.split_off(majors.len().min(MAJORS));
        majors.extend(fresh.by_ref().take(MAJORS - majors.len()));
        let plains = lower.into_iter().chain(of(Weight::Plain));
        let mut below: Vec<_> = plains.map(|story| (story, "plain")).collect();
        below.extend(of(Weight::Brief).map(|story| (story, "brief")));
        let left = PLAINS.saturating_sub(below.len());
        below.extend(fresh.take(left).map(|story| (story, "plain")));
        Self {
            lead,
            majors,
            below,
        }
    }

    /// Everything that stands there.
    pub fn ids(&self) -> HashSet<StoryId> {
        let below = self.below.iter().map(|(story, _)| story);
        let all = self.lead.iter().chain(&self.majors).chain(below);
        all.map(|story| story.id).collect()
    }
}

/// The newest stories in the site's own language; other editions have fronts of their own.
pub fn newest_of<'e>(
    edition: &'e Edition,
    language: &Language,
    most: usize,
) -> Vec<&'e Arc<Published>> {
    let (newest, _) = edition.list(&ListOf::Newest, 0, most * LOOK_BACK);
    let is_ours = |story: &&Arc<Published>| story.card.language.primary() == language.primary();
    newest.into_iter().filter(is_ours).take(most).collect()
}

#[cfg(test)]
mod tests {
    use base::{Id, Instant};
    use jiff::tz::TimeZone;
    use newsroom::{
        edition::Furniture,
        front::Slot,
        story::{Card, Fields, Kind},
    };

    use super::*;

    /// An edition of so many stories, the newest first in the answered list of ids.
    fn edition(stories: i64, slots: &[(usize, Weight)]) -> (Edition, Vec<StoryId>) {
        let ids: Vec<StoryId> = (0..stories).map(|_| Id::fresh()).collect();
        let mut edition = Edition::empty(TimeZone::UTC);
        for (nth, id) in (0..stories).zip(&ids) {
            let fields = Fields {
                headline: nth.to_string(),
                ..Fields::default()
            };
            let at = Instant::from_second(1_000_000 - nth).unwrap();
            let story = Published {
                id: *id,
                revision: 1,
                path: format!("/{nth}"),
                card: Card::of(Kind::Story, &fields),
                first_at: at,
                changed_at: at,
                stamp: 0,
            };
            edition = edition.with_story(*id, Some(story));
        }
        let slot = |(nth, weight): &(usize, Weight)| Slot {
            // Past the end stands for a story that readers cannot see.
            story_id: ids.get(*nth).copied().unwrap_or_else(Id::fresh),
            weight: *weight,
        };
        let furniture = Furniture {
            slots: slots.iter().map(slot).collect(),
            ..Furniture::default()
        };
        (edition.with_furniture(furniture), ids)
    }

    /// Headlines are numbers, 0 the newest: `lead | majors | below`, briefs in brackets.
    fn told(stories: i64, slots: &[(usize, Weight)]) -> String {
        let (edition, _) = edition(stories, slots);
        let top = Top::of(&edition, &Language::english());
        let line = |stories: Vec<String>| stories.join(" ");
        let name = |story: &Arc<Published>| story.card.headline.clone();
        let below = top.below.iter().map(|(story, weight)| match *weight {
            "brief" => format!("[{}]", name(story)),
            _ => name(story),
        });
        let lead = top.lead.map(name).unwrap_or_default();
        let majors = top.majors.iter().map(|story| name(story)).collect();
        format!("{lead} | {} | {}", line(majors), line(below.collect()))
    }

    #[test]
    fn slots_stand_where_their_weight_says_and_the_newest_fill_what_is_left() {
        use Weight::{Brief, Lead, Major, Plain};
        #[track_caller]
        fn check(slots: &[(usize, Weight)], expected: &str) {
            assert_eq!(told(20, slots), expected);
        }
        check(&[], "0 | 1 2 3 4 | 5 6 7 8 9 10");
        check(&[(7, Lead)], "7 | 0 1 2 3 | 4 5 6 8 9 10");
        check(&[(9, Major), (8, Lead)], "8 | 9 0 1 2 | 3 4 5 6 7 10");
        check(&[(9, Brief), (3, Plain)], "0 | 1 2 4 5 | 3 [9] 6 7 8 10");
        check(&[(7, Lead), (6, Lead)], "7 | 6 0 1 2 | 3 4 5 8 9 10");
        check(&[(99, Lead), (7, Lead)], "7 | 0 1 2 3 | 4 5 6 8 9 10");
        check(&[(99, Lead)], "0 | 1 2 3 4 | 5 6 7 8 9 10");
        let majors: Vec<_> = (0..6).map(|nth| (nth, Major)).collect();
        check(&majors, "6 | 0 1 2 3 | 4 5 7 8 9 10");
        let plains: Vec<_> = (0..10).map(|nth| (nth, Plain)).collect();
        check(&plains, "10 | 11 12 13 14 | 0 1 2 3 4 5 6 7 8 9");
    }

    #[test]
    fn a_newsroom_with_little_to_read_has_a_short_front() {
        assert_eq!(told(0, &[]), " |  | ");
        assert_eq!(told(2, &[(1, Weight::Lead)]), "1 | 0 | ");
    }
}
