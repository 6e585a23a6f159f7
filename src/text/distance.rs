//! How far two strings are apart, in edits of single characters.

/// Similarity of two strings between 0 (nothing in common) and 1 (equal): one minus the number of
/// insertions, deletions, substitutions and swaps of neighbours, divided by the longer length in scalars.
pub fn similarity(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(a, b)
}

/// Whether `a` becomes `b` by exactly one slip of the pen: one letter added, dropped or changed, or two
/// neighbours swapped.
pub fn is_one_slip(a: &str, b: &str) -> bool {
    let (long, short) = if a.chars().count() >= b.chars().count() { (a, b) } else { (b, a) };
    long.chars().count() - short.chars().count() <= 1 && strsim::osa_distance(a, b) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip() {
        assert!(is_one_slip("ianello", "iannello"));
        assert!(is_one_slip("goirtz", "goirzt"));
        assert!(is_one_slip("hussman", "hussmen"));
        assert!(!is_one_slip("smith", "smith"));
        assert!(!is_one_slip("goirtz", "goiriza"));
    }
}
