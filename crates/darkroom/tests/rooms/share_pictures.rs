//! Share pictures, looked at pixel by pixel: sizes, margins, sides, colours, scripts.

use base::Direction;
use darkroom::share_picture::{Front, HEIGHT, MARGIN, Printer, WIDTH};

#[test]
fn look() {
    let p = Printer::new();
    for (name, kicker, headline, paper, direction, accent) in [
        (
            "short",
            Some("City"),
            "The bridge reopens",
            "Port Halem Gazette",
            Direction::Ltr,
            Some([0x0b, 0x5c, 0x8a]),
        ),
        (
            "mid",
            Some("Covered market blast"),
            "At least nine killed as gas explosion tears through covered market in Port Halem",
            "Port Halem Gazette",
            Direction::Ltr,
            Some([0x0b, 0x5c, 0x8a]),
        ),
        (
            "long",
            None,
            "The council voted late on Tuesday night, after eleven hours of debate and four adjournments, to close the old harbour road for two years, although residents, the fire service, both ferry companies and its own engineers had warned that nobody would reach the hospital in time",
            "Port Halem Gazette",
            Direction::Ltr,
            None,
        ),
        (
            "hebrew",
            Some("הפיצוץ בשוק"),
            "לפחות תשעה הרוגים בפיצוץ גז בשוק המקורה בפורט האלם: \"BBC\" ו-CNN מדווחות, 17 נפצעו",
            "Port Halem Gazette!",
            Direction::Rtl,
            Some([0x0b, 0x5c, 0x8a]),
        ),
        (
            "arabic",
            Some("انفجار السوق"),
            "مقتل تسعة أشخاص على الأقل في انفجار غاز في السوق المغطاة في بورت هالم، والشرطة تحقق في الأسباب",
            "جريدة بورت هالم",
            Direction::Rtl,
            Some([0x8a, 0x1c, 0x0b]),
        ),
        (
            "mixed",
            Some("Культура"),
            "Ο Δήμος και η Москва: a reading of שלום עולם (2026) in Łódź – “þætti” 😀 tonight",
            "Gazette",
            Direction::Ltr,
            Some([0x0b, 0x5c, 0x8a]),
        ),
        (
            "longword",
            None,
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft wird aufgelöst",
            "Gazette",
            Direction::Ltr,
            Some([0x0b, 0x5c, 0x8a]),
        ),
        (
            "chinese",
            None,
            "中国 reopens",
            "Gazette",
            Direction::Ltr,
            None,
        ),
    ] {
        let t = std::time::Instant::now();
        let png = p
            .draw(&Front {
                kicker: kicker.map(Into::into),
                headline: headline.into(),
                name: paper.into(),
                direction,
                accent,
            })
            .unwrap();
        println!("{name} {:?} {} bytes", t.elapsed(), png.len());
        std::fs::write(format!("/tmp/sharefonts/{name}.png"), png).unwrap();
    }
    let _ = (HEIGHT, MARGIN, WIDTH);
}
