//! An archive to measure with: a WordPress export of as many stories as wanted, the same each time.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context, Result};

use crate::{newsroom::get, process};

/// What sentences are made of.
const WORDS: &[&str] = &[
    "the",
    "council",
    "voted",
    "late",
    "on",
    "tuesday",
    "to",
    "repair",
    "bridge",
    "before",
    "winter",
    "and",
    "residents",
    "of",
    "quarter",
    "said",
    "they",
    "had",
    "waited",
    "nine",
    "years",
    "for",
    "it",
    "while",
    "engineers",
    "found",
    "cracks",
    "in",
    "two",
    "piers",
    "river",
    "rose",
    "by",
    "half",
    "a",
    "metre",
    "mayor",
    "told",
    "reporters",
    "that",
    "money",
    "was",
    "there",
    "since",
    "spring",
];
/// Paragraphs of a story, of so many words each: about 3,500 letters, as news runs.
const PARAGRAPHS: usize = 8;
const WORDS_A_PARAGRAPH: usize = 60;
/// The years over which the stories are spread, from the first.
const YEARS: usize = 10;
const FIRST_YEAR: usize = 2014;
const SECTIONS: usize = 12;
const TOPICS: usize = 97;

/// Makes a newsroom with so many published stories in `folder`, and gives its data folder.
pub fn newsroom(program: &Path, folder: &Path, stories: usize) -> Result<PathBuf> {
    let data = folder.join(format!("data-{stories}"));
    let export = folder.join(format!("archive-{stories}.xml"));
    write(&export, stories)?;
    let mut init = Command::new(program);
    init.args(["init", "--name", "Archive", "--data"])
        .arg(&data);
    process::output(&mut init)?;
    let start = Instant::now();
    let mut import = Command::new(program);
    import.args(["import", "wordpress"]).arg(&export);
    import.arg("--json").arg("--data").arg(&data);
    process::output(&mut import)?;
    let rate = stories as f64 / start.elapsed().as_secs_f64();
    eprintln!("imported {stories} stories, {rate:.0} a second");
    std::fs::remove_file(&export)?;
    Ok(data)
}

/// The shells of all stories with the gates they name, each page asked once.
pub fn shells_and_gates(address: &str, stories: usize) -> Result<Vec<String>> {
    let mut addresses = Vec::with_capacity(2 * stories);
    for number in 0..stories {
        let path = path_of(number, stories);
        let answer = get(address, &path, &[])?.good(&path)?;
        let page = String::from_utf8_lossy(&answer.body).into_owned();
        let gate = super::site::attribute(&page, "data-gate");
        addresses.push(path);
        addresses.push(gate.context("a story of the archive has no gate")?);
    }
    Ok(addresses)
}

fn write(path: &Path, stories: usize) -> Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    out.write_all(HEAD.as_bytes())?;
    let mut dice = Dice(0x5eed);
    for number in 0..stories {
        write_story(&mut out, &mut dice, number, stories)?;
    }
    out.write_all(b"</channel></rss>\n")?;
    Ok(out.flush()?)
}

fn write_story(out: &mut impl Write, dice: &mut Dice, number: usize, stories: usize) -> Result<()> {
    let Day { year, month, day } = Day::of(number, stories);
    let (hour, minute) = (number % 24, number % 60);
    let at = format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:00");
    let (title, excerpt) = (dice.sentence(8), dice.sentence(18));
    let (id, section, topic) = (number + 1, number % SECTIONS, number % TOPICS);
    write!(
        out,
        "<item><title>{title}</title><link>http://archive.example/?p={id}</link>\
         <dc:creator>ada</dc:creator><content:encoded><![CDATA["
    )?;
    for _ in 0..PARAGRAPHS {
        write!(out, "<p>{}</p>", dice.sentence(WORDS_A_PARAGRAPH))?;
    }
    writeln!(
        out,
        "]]></content:encoded><excerpt:encoded>{excerpt}</excerpt:encoded>\
         <wp:post_id>{id}</wp:post_id><wp:post_date>{at}</wp:post_date>\
         <wp:post_date_gmt>{at}</wp:post_date_gmt><wp:post_name>story-{number}</wp:post_name>\
         <wp:status>publish</wp:status><wp:post_type>post</wp:post_type>\
         <category domain=\"category\" nicename=\"section-{section}\">Section {section}</category>\
         <category domain=\"post_tag\" nicename=\"topic-{topic}\">Topic {topic}</category></item>"
    )?;
    Ok(())
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
    xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" \
    xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
    xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
    xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Archive</title>\
    <link>http://archive.example</link><wp:wxr_version>1.2</wp:wxr_version>\
    <wp:base_site_url>http://archive.example</wp:base_site_url>\
    <wp:base_blog_url>http://archive.example</wp:base_blog_url>\n";

/// Where the importer puts the story of this number.
fn path_of(number: usize, stories: usize) -> String {
    let Day { year, month, .. } = Day::of(number, stories);
    format!("/{year}/{month:02}/story-{number}")
}

/// When a story ran: the older the smaller its number.
struct Day {
    year: usize,
    month: usize,
    day: usize,
}

impl Day {
    fn of(number: usize, stories: usize) -> Self {
        /// Every month has them.
        const DAYS: usize = 28;
        let month = number * YEARS * 12 / stories;
        let day = number * YEARS * 12 * DAYS / stories % DAYS;
        Self {
            year: FIRST_YEAR + month / 12,
            month: 1 + month % 12,
            day: 1 + day,
        }
    }
}

/// Numbers that look thrown (Knuth's linear congruence, MMIX) and are the same in every run.
struct Dice(u64);

impl Dice {
    fn sentence(&mut self, words: usize) -> String {
        let mut sentence = String::new();
        for word in 0..words {
            if word > 0 {
                sentence.push(' ');
            }
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            sentence.push_str(WORDS[(self.0 >> 33) as usize % WORDS.len()]);
        }
        sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stories_are_spread_over_all_months() {
        assert_eq!(path_of(0, 1_000), "/2014/01/story-0");
        assert_eq!(path_of(999, 1_000), "/2023/12/story-999");
        let day = Day::of(999, 1_000);
        assert!((1..=28).contains(&day.day), "{}", day.day);
    }

    #[test]
    fn the_archive_is_the_same_each_time() {
        let text = |seed| Dice(seed).sentence(20);
        assert_eq!(text(1), text(1));
        assert_ne!(text(1), text(2));
    }
}
