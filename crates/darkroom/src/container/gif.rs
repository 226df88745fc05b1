//! GIF: blocks from the screen to the trailer (GIF 89a specification), frames counted and nothing unpacked.

use super::{Cursor, MAX_PIECES, Seen};

/// Size and frames; nothing where there is no screen or no frame. GIF has no metadata that newsrooms use.
pub fn see(bytes: &[u8]) -> Option<Seen> {
    let mut cursor = Cursor(bytes.get(6..)?);
    let width = cursor.two_little()?;
    let height = cursor.two_little()?;
    let flags = cursor.byte()?;
    cursor.take(2)?;
    cursor.take(table(flags))?;
    let frames = frames(&mut cursor);
    (frames > 0).then(|| Seen {
        width: width.into(),
        height: height.into(),
        frames,
        pixel_bytes: 4,
        ..Seen::default()
    })
}

/// Counts the frames that have at least begun; a file that breaks off has those before.
fn frames(cursor: &mut Cursor<'_>) -> u32 {
    let mut frames = 0;
    for _ in 0..MAX_PIECES {
        let passed = match cursor.byte() {
            Some(0x2C) => {
                frames += 1;
                pass_frame(cursor)
            }
            Some(0x21) => cursor.byte().and_then(|_| pass_blocks(cursor)),
            _ => None,
        };
        if passed.is_none() {
            break;
        }
    }
    frames
}

fn pass_frame(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.take(8)?;
    let flags = cursor.byte()?;
    cursor.take(table(flags))?;
    let _code_size = cursor.byte()?;
    pass_blocks(cursor)
}

fn pass_blocks(cursor: &mut Cursor<'_>) -> Option<()> {
    loop {
        match cursor.byte()? {
            0 => return Some(()),
            size => cursor.take(size.into())?,
        };
    }
}

/// Bytes of the colour table that these flags announce.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 0x07) + 1)
    }
}
