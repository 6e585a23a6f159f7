//! Places in a file as people name them: line and column.

/// Where the lines of a text begin, for turning byte offsets into line and column.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    /// Byte offsets of the line feeds; found when first asked.
    feeds: Option<Vec<usize>>,
}

/// Columns beyond this are not counted: a problem on a line of megabytes must not cost its length each time.
const LONGEST_COLUMN: usize = 10_000;

impl<'a> Lines<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, feeds: None }
    }

    /// Line and column (both 1-based; columns in Unicode scalar values, not counted past 10,000 bytes) of a byte
    /// offset.
    pub fn at(&mut self, byte: usize) -> (usize, usize) {
        let text = self.text;
        let feeds = self
            .feeds
            .get_or_insert_with(|| text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i).collect());
        let line = feeds.partition_point(|feed| *feed < byte);
        let start = if line == 0 { 0 } else { feeds[line - 1] + 1 };
        let end = byte.min(start + LONGEST_COLUMN);
        let column = text.as_bytes()[start..end].iter().filter(|b| !is_continuation(**b)).count();
        (line + 1, column + 1)
    }
}

/// Whether a byte of UTF-8 goes on with a character.
fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns() {
        let mut lines = Lines::new("aé\nbx");
        assert_eq!([0, 1, 3, 4, 5].map(|byte| lines.at(byte)), [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]);
    }
}
