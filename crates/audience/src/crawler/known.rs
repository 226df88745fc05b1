//! The crawlers we can verify: what they call themselves, and where their owners vouch for them.

/// What a verified crawler may have of a story that is not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Offers {
    /// The body, with `noarchive`, under an address of its own that no cache keeps.
    Full,
    /// What every reader sees before the wall.
    Teaser,
    /// Nothing but the headline.
    None,
}

/// What a crawler collects for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// An index in which people find the story and come to it.
    Search,
    /// Answers that may be read in the story's place.
    Answers,
    /// The training of models.
    Training,
}

impl Purpose {
    /// What the publisher gives unless they chose otherwise (WALL.md, Crawlers).
    pub fn default_offer(self) -> Offers {
        match self {
            Self::Search => Offers::Full,
            Self::Answers => Offers::Teaser,
            Self::Training => Offers::None,
        }
    }
}

/// A crawler and how its owner lets it be verified.
#[derive(Debug)]
pub struct KnownCrawler {
    /// Our name for it, in settings and figures.
    pub name: &'static str,
    /// The word in its `User-Agent`, in any case.
    pub agent: &'static str,
    /// Domains that its owner names its addresses under; only such as no customer of the owner can get
    /// a name in.
    pub domains: &'static [&'static str],
    /// Where its owner publishes its ranges.
    pub ranges: &'static [&'static str],
    /// What it collects for.
    pub purpose: Purpose,
}

/// The crawler of this name.
pub fn named(name: &str) -> Option<&'static KnownCrawler> {
    KNOWN.iter().find(|crawler| crawler.name == name)
}

/// Every crawler that can be verified. Others are ordinary readers.
///
/// Google's `googleusercontent.com` is left out on purpose: every rented machine there has a name
/// under it that leads back. The sources are each owner's own page about its crawler.
pub static KNOWN: &[KnownCrawler] = &[
    KnownCrawler {
        name: "google",
        agent: "Googlebot",
        domains: &["googlebot.com"],
        ranges: &["https://developers.google.com/static/crawling/ipranges/common-crawlers.json"],
        purpose: Purpose::Search,
    },
    KnownCrawler {
        name: "bing",
        agent: "bingbot",
        domains: &["search.msn.com"],
        ranges: &["https://www.bing.com/toolbox/bingbot.json"],
        purpose: Purpose::Search,
    },
    KnownCrawler {
        name: "apple",
        agent: "Applebot",
        domains: &["applebot.apple.com"],
        ranges: &["https://search.developer.apple.com/applebot.json"],
        purpose: Purpose::Search,
    },
    KnownCrawler {
        name: "duckduckgo",
        agent: "DuckDuckBot",
        domains: &[],
        ranges: &["https://duckduckgo.com/duckduckbot.json"],
        purpose: Purpose::Search,
    },
    KnownCrawler {
        name: "yandex",
        agent: "YandexBot",
        domains: &["yandex.ru", "yandex.net", "yandex.com"],
        ranges: &[],
        purpose: Purpose::Search,
    },
    KnownCrawler {
        name: "openai-search",
        agent: "OAI-SearchBot",
        domains: &[],
        ranges: &["https://openai.com/searchbot.json"],
        purpose: Purpose::Answers,
    },
    KnownCrawler {
        name: "perplexity",
        agent: "PerplexityBot",
        domains: &[],
        ranges: &["https://www.perplexity.com/perplexitybot.json"],
        purpose: Purpose::Answers,
    },
    KnownCrawler {
        name: "openai-training",
        agent: "GPTBot",
        domains: &[],
        ranges: &["https://openai.com/gptbot.json"],
        purpose: Purpose::Training,
    },
    KnownCrawler {
        name: "common-crawl",
        agent: "CCBot",
        domains: &["crawl.commoncrawl.org"],
        ranges: &["https://index.commoncrawl.org/ccbot.json"],
        purpose: Purpose::Training,
    },
];
