//! What a change takes out of a content and what it puts in.

use crate::project::hash::ContentHash;

/// Where two contents differ: the offset, the bytes of the first, and how many bytes of the second stand there.
pub(super) fn splice<'a>(before: &'a [u8], after: &[u8]) -> (usize, &'a [u8], usize) {
    // Large files mostly agree: whole blocks are compared before single bytes.
    const BLOCK: usize = 4096;
    let blocks = before.chunks_exact(BLOCK).zip(after.chunks_exact(BLOCK)).take_while(|(a, b)| a == b).count();
    let same = blocks * BLOCK;
    let at = same + before[same..].iter().zip(&after[same..]).take_while(|(a, b)| a == b).count();
    let (rest, new) = (&before[at..], &after[at..]);
    let blocks = rest.rchunks_exact(BLOCK).zip(new.rchunks_exact(BLOCK)).take_while(|(a, b)| a == b).count();
    let same = blocks * BLOCK;
    let ends = rest[..rest.len() - same].iter().rev().zip(new[..new.len() - same].iter().rev());
    let tail = same + ends.take_while(|(a, b)| a == b).count();
    (at, &rest[..rest.len() - tail], new.len() - tail)
}

/// The content in which `old` bytes at `at` made way for `new` ones; `None` when its hash is not the one expected.
pub(super) fn spliced(content: &[u8], at: usize, old: usize, new: &[u8], expected: &ContentHash) -> Option<Vec<u8>> {
    let end = at.checked_add(old).filter(|&end| end <= content.len())?;
    let whole = [&content[..at], new, &content[end..]].concat();
    (ContentHash::of(&whole) == *expected).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splices() {
        assert_eq!(splice(b"abcd", b"abXcd"), (2, &b""[..], 1));
        assert_eq!(splice(b"aaa", b"aa"), (2, &b"a"[..], 0));
        assert_eq!(splice(b"", b"x"), (0, &b""[..], 1));
        assert_eq!(splice(b"abc", b"axc"), (1, &b"b"[..], 1));
        let (long, block) = ("x".repeat(10_000), "y".repeat(5_000));
        let (before, after) = (format!("{long}{block}{long}"), format!("{long}{long}"));
        assert_eq!(splice(before.as_bytes(), after.as_bytes()), (10_000, block.as_bytes(), 0));
    }
}
