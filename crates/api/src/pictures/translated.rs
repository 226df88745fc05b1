//! Between the darkroom's words and the newsroom's: neither knows the other, and both say the same of a picture.

use base::document::{self, Shape};
use darkroom::{Cut, Imprint, Particulars, Plan, develop::Remark, particulars};
use newsroom::picture::{
    Fields, Focus,
    fields::{Licensor, Place, Told},
};

/// Widths of the whole picture that the shipped theme asks for, in pixels: a telephone once and twice, the measure once,
/// twice, and the width of a page.
const WHOLE: [u32; 5] = [1_600, 1_200, 800, 640, 400];
/// Widths of the crop for cards and for sharing (1,200 is what networks ask for).
const WIDE: [u32; 3] = [1_200, 800, 400];
/// Widths of the square.
const SQUARE: [u32; 2] = [480, 240];
/// Widths of the tall crop.
const TALL: [u32; 2] = [800, 400];

/// Both formats, the smaller file first.
const FORMATS: [darkroom::Format; 2] = [darkroom::Format::Webp, darkroom::Format::Jpeg];

/// Everything a picture is to be had in.
pub fn full_plan(focus: Focus) -> Plan {
    use darkroom::Shape::{Square, Tall, Whole, Wide};
    let shapes: [(darkroom::Shape, &[u32]); 4] = [
        (Whole, &WHOLE),
        (Wide, &WIDE),
        (Square, &SQUARE),
        (Tall, &TALL),
    ];
    let cut = |shape| {
        move |width: &u32| Cut {
            shape,
            width: *width,
        }
    };
    let cuts = shapes
        .iter()
        .flat_map(|(shape, widths)| widths.iter().map(cut(*shape)));
    Plan {
        cuts: cuts.collect(),
        formats: FORMATS.to_vec(),
        focus: darkroom::Focus {
            x: focus.x,
            y: focus.y,
        },
    }
}

/// What the desk shows at once, and stories if need be: one of each that it asks for.
pub fn first_plan() -> Plan {
    use darkroom::Shape::{Square, Whole};
    let cuts = [(Whole, 640), (Square, 240)];
    Plan {
        cuts: cuts.map(|(shape, width)| Cut { shape, width }).to_vec(),
        formats: FORMATS.to_vec(),
        focus: darkroom::Focus::default(),
    }
}

/// What a picture says of itself, as fields that an editor can change.
pub fn fields(told: Particulars) -> Fields {
    let licensor = told.licensor.unwrap_or_default();
    Fields {
        title: told.title,
        headline: told.headline,
        caption: told.caption,
        caption_writer: told.caption_writer,
        alt: told.alt,
        extended_description: told.extended_description,
        credit: told.credit,
        creators: told.creators,
        copyright: told.copyright,
        usage_terms: told.usage_terms,
        web_statement: told.web_statement,
        licensor: Licensor {
            name: licensor.name,
            url: licensor.url,
        },
        rights_end: told.rights_end.as_ref().and_then(moment),
        data_mining: told.data_mining,
        digital_source_type: told.digital_source_type,
        source: told.source,
        instructions: told.instructions,
        job: told.job,
        event: told.event,
        keywords: told.keywords,
        persons: told.persons,
        place: Place {
            sublocation: told.place.sublocation,
            city: told.place.city,
            state: told.place.state,
            country: told.place.country,
            country_code: told.place.country_code,
        },
        taken: told.taken.as_ref().and_then(moment),
    }
}

/// What of the fields is written into files that readers get.
pub fn imprint(fields: &Fields) -> Imprint {
    let fields = fields.clone();
    let licensor = particulars::Licensor {
        name: fields.licensor.name,
        url: fields.licensor.url,
    };
    Imprint {
        title: fields.title,
        headline: fields.headline,
        caption: fields.caption,
        alt: fields.alt,
        extended_description: fields.extended_description,
        credit: fields.credit,
        creators: fields.creators,
        copyright: fields.copyright,
        source: fields.source,
        usage_terms: fields.usage_terms,
        web_statement: fields.web_statement,
        licensor: (licensor != particulars::Licensor::default()).then_some(licensor),
        data_mining: fields.data_mining,
        digital_source_type: fields.digital_source_type,
        place: particulars::Place {
            sublocation: fields.place.sublocation,
            city: fields.place.city,
            state: fields.place.state,
            country: fields.place.country,
            country_code: fields.place.country_code,
        },
        taken: fields
            .taken
            .and_then(|told| particulars::Moment::of_iso(told.as_str())),
    }
}

/// What a file is, in a word.
pub fn kind(kind: darkroom::Kind) -> &'static str {
    match kind {
        darkroom::Kind::Jpeg => "jpeg",
        darkroom::Kind::Png => "png",
        darkroom::Kind::Gif => "gif",
        darkroom::Kind::Webp => "webp",
    }
}

/// What a print shows, in the words of a document.
pub fn shape(shape: darkroom::Shape) -> Shape {
    match shape {
        darkroom::Shape::Whole => Shape::Whole,
        darkroom::Shape::Wide => Shape::Wide,
        darkroom::Shape::Square => Shape::Square,
        darkroom::Shape::Tall => Shape::Tall,
    }
}

/// How a print is encoded, in the words of a document.
pub fn format(format: darkroom::Format) -> document::Format {
    match format {
        darkroom::Format::Jpeg => document::Format::Jpeg,
        darkroom::Format::Webp => document::Format::Webp,
    }
}

/// The same, back.
pub fn darkroom_format(format: document::Format) -> darkroom::Format {
    match format {
        document::Format::Jpeg => darkroom::Format::Jpeg,
        document::Format::Webp => darkroom::Format::Webp,
    }
}

/// What the desk should know of a picture, a word each.
pub fn remarks(answer: &darkroom::Answer) -> Vec<String> {
    let developed = answer.developed.iter().flat_map(|made| &made.remarks);
    let developed = developed.map(|remark| match remark {
        Remark::Still => "still",
        Remark::ColoursGuessed => "colours-guessed",
    });
    let unread = answer.unread.iter().map(|what| match what {
        particulars::Unread::Xmp => "unread-xmp",
        particulars::Unread::Iim => "unread-iim",
        particulars::Unread::Exif => "unread-exif",
    });
    developed.chain(unread).map(String::from).collect()
}

fn moment(told: &particulars::Moment) -> Option<Told> {
    Told::of(&told.to_string())
}
