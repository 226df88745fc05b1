//! Where lines of a headline end: between words, so that all are of like length.

/// Halvings by which the narrowest measure is found: to within a fiftieth of the wide one.
const HALVINGS: usize = 6;
/// How much of the measure is used. Words are measured one by one, and letters on both sides of a space may be set a
/// little apart.
const USED: f32 = 0.995;

/// How wide words are, in sizes of the type.
pub struct Widths {
    /// Each word.
    pub words: Vec<f32>,
    /// The space between two.
    pub space: f32,
}

impl Widths {
    /// How many words stand on each line, where they fit into so many lines of this measure; nothing where they do not.
    ///
    /// There are as few lines as can be, and the measure is made as narrow as it can be for them: so none is much
    /// shorter than the others.
    pub fn broken_into(&self, most_lines: usize, measure: f32) -> Option<Vec<usize>> {
        let mut best = self.filled(measure * USED)?;
        if best.len() > most_lines {
            return None;
        }
        let (mut narrow, mut wide) = (measure / 4.0, measure * USED);
        for _ in 0..HALVINGS {
            let middle = f32::midpoint(narrow, wide);
            match self.filled(middle) {
                Some(lines) if lines.len() == best.len() => (wide, best) = (middle, lines),
                _ => narrow = middle,
            }
        }
        Some(best)
    }

    /// Each line takes the words that it can; nothing where one word is wider than a line.
    fn filled(&self, measure: f32) -> Option<Vec<usize>> {
        let mut lines = Vec::new();
        let mut taken = 0.0;
        for width in &self.words {
            if *width > measure {
                return None;
            }
            let with = taken + self.space + width;
            match lines.last_mut() {
                Some(count) if with <= measure => {
                    *count += 1;
                    taken = with;
                }
                _ => {
                    lines.push(1);
                    taken = *width;
                }
            }
        }
        Some(lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_few_as_can_be_and_of_like_length() {
        #[track_caller]
        fn check(words: &[f32], most: usize, expected: Option<&[usize]>) {
            let widths = Widths {
                words: words.into(),
                space: 1.0,
            };
            let broken = widths.broken_into(most, 20.0);
            assert_eq!(broken.as_deref(), expected, "{words:?} in {most}");
        }
        check(&[4.0], 3, Some(&[1]));
        check(&[4.0, 4.0, 4.0], 3, Some(&[3]));
        // Four would stand on the first line and one below it.
        check(&[4.0; 5], 3, Some(&[3, 2]));
        check(&[9.0, 9.0, 2.0, 8.0], 3, Some(&[2, 2]));
        // Too many lines, and a word wider than any.
        check(&[15.0; 4], 3, None);
        check(&[15.0; 3], 3, Some(&[1, 1, 1]));
        check(&[4.0, 21.0], 3, None);
    }
}
