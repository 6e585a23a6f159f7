//! Words as they are compared: folded, with the letters of formulas spelt out; and which of them are one word.

use crate::text::{fold, is_one_slip};

/// The names of Greek letters, which titles print as letters, names, or "[gamma]".
const GREEK: &[(char, &str)] = &[
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('ν', "nu"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('φ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
];

/// Words of a text beyond so many are not compared.
const MOST: usize = 250;

/// The folded words of a text.
pub(in super::super) fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut words: Vec<String> =
        folded.split(' ').filter(|word| !word.is_empty()).take(MOST).map(str::to_owned).collect();
    if !folded.is_ascii() {
        for word in words.iter_mut().filter(|word| !word.is_ascii()) {
            // Names of letters only in words of other scripts: a Greek title stays Greek.
            let greek = word.chars().filter(|c| GREEK.iter().any(|(letter, _)| letter == c)).count();
            if greek == 1 {
                for (letter, name) in GREEK {
                    *word = word.replace(*letter, name);
                }
            }
        }
    }
    words
}

/// What a word counts: its letters.
pub(super) fn weight(word: &str) -> u32 {
    u32::try_from(word.chars().count()).unwrap_or(u32::MAX).min(30)
}

/// How alike two words are, in hundredths of the longer one's weight; 0 where they are not one word.
pub(super) fn likeness(a: &str, b: &str) -> u32 {
    if a == b {
        return 100;
    }
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    // Numbers and short words differ by a letter when they are others.
    if short.len() < 4 || long.len() - short.len() > 1 || short.bytes().any(|b| b.is_ascii_digit()) {
        return 0;
    }
    if one_slip(long.as_bytes(), short.as_bytes()) && is_one_slip(long, short) { 85 } else { 0 }
}

/// The fewest edits of single letters by which the first 64 bytes of a pattern stand somewhere in a text, counted in bytes
/// of folded text: one step a byte (Myers 1999, "A fast bit-vector algorithm for approximate string matching").
pub(super) fn edits_within(pattern: &str, text: &str) -> usize {
    let pattern = &pattern.as_bytes()[..pattern.len().min(64)];
    if pattern.is_empty() {
        return 0;
    }
    let mut places = [0_u64; 256];
    for (i, byte) in pattern.iter().enumerate() {
        places[usize::from(*byte)] |= 1 << i;
    }
    let last = 1_u64 << (pattern.len() - 1);
    let (mut more, mut fewer) = (u64::MAX, 0_u64);
    let (mut edits, mut fewest) = (pattern.len(), pattern.len());
    for byte in text.bytes() {
        let same = places[usize::from(byte)];
        let vertical = same | fewer;
        let diagonal = (((same & more).wrapping_add(more)) ^ more) | same;
        let mut up = fewer | !(diagonal | more);
        let mut down = more & diagonal;
        edits = edits + usize::from(up & last != 0) - usize::from(down & last != 0);
        up <<= 1;
        down <<= 1;
        more = down | !(vertical | up);
        fewer = up & vertical;
        fewest = fewest.min(edits);
    }
    fewest
}

/// A quick look whether two words can differ by one slip: what is left without their common ends.
fn one_slip(long: &[u8], short: &[u8]) -> bool {
    let start = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    let (long, short) = (&long[start..], &short[start..]);
    let end = long.iter().rev().zip(short.iter().rev()).take_while(|(a, b)| a == b).count();
    long.len() - end <= 2
}

/// Which words of two texts are the same, in the same order.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// Pairs of places (in the first text, in the second) with their likeness in hundredths; a word that the other text
    /// prints as two has two pairs.
    pub pairs: Vec<(usize, usize, u32)>,
}

impl Alignment {
    /// The share of the words of the first text that have a partner, by weight.
    pub fn share_of_first(&self, first: &[String]) -> f64 {
        share(first, self.pairs.iter().map(|(i, _, likeness)| (*i, *likeness)))
    }

    pub fn has_second(&self, j: usize) -> bool {
        self.pairs.iter().any(|pair| pair.1 == j)
    }

    pub fn has_first(&self, i: usize) -> bool {
        self.pairs.iter().any(|pair| pair.0 == i)
    }
}

fn share(words: &[String], matched: impl Iterator<Item = (usize, u32)>) -> f64 {
    let all: u32 = words.iter().map(|word| weight(word)).sum();
    let mut last = usize::MAX;
    let mut sum = 0;
    for (i, likeness) in matched {
        if i != last {
            sum += weight(&words[i]) * likeness;
        }
        last = i;
    }
    if all == 0 { 0.0 } else { f64::from(sum) / 100.0 / f64::from(all) }
}

/// Aligns two texts so that the words in common, in one order, weigh most. A word that is printed in two parts ("auto-
/// phagic") is one.
pub(super) fn align(a: &[String], b: &[String]) -> Alignment {
    let width = b.len() + 1;
    // The weight of the best alignment of what follows i and j.
    let mut best = vec![0_u32; (a.len() + 1) * width];
    let joined = |one: &str, two: &[String]| {
        let [x, y] = two else { return false };
        one.len() == x.len() + y.len() && one.starts_with(x.as_str()) && one.ends_with(y.as_str())
    };
    for i in (0..a.len()).rev() {
        let of_a = weight(&a[i]);
        for j in (0..b.len()).rev() {
            let mut value = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            let likeness = likeness(&a[i], &b[j]);
            if likeness > 0 {
                value = value.max(best[(i + 1) * width + j + 1] + of_a * likeness);
            }
            if joined(&a[i], &b[j..b.len().min(j + 2)]) {
                value = value.max(best[(i + 1) * width + j + 2] + of_a * 100);
            }
            if joined(&b[j], &a[i..a.len().min(i + 2)]) {
                value = value.max(best[(i + 2) * width + j + 1] + weight(&b[j]) * 100);
            }
            best[i * width + j] = value;
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let here = best[i * width + j];
        let likeness = likeness(&a[i], &b[j]);
        if likeness > 0 && here == best[(i + 1) * width + j + 1] + weight(&a[i]) * likeness {
            pairs.push((i, j, likeness));
            (i, j) = (i + 1, j + 1);
        } else if here == best[(i + 1) * width + j] {
            i += 1;
        } else if here == best[i * width + j + 1] {
            j += 1;
        } else if joined(&a[i], &b[j..b.len().min(j + 2)]) {
            pairs.extend([(i, j, 100), (i, j + 1, 100)]);
            (i, j) = (i + 1, j + 2);
        } else {
            pairs.extend([(i, j, 100), (i + 1, j, 100)]);
            (i, j) = (i + 2, j + 1);
        }
    }
    Alignment { pairs }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_one_order() {
        let a = words("Fusion of multivesicular bodies with auto- phagic vacuoles");
        let b = words("Fusion of multivesicuIar bodies with autophagic vacuoles in K562 cells");
        let found = align(&a, &b);
        assert!(found.share_of_first(&a) > 0.95, "{found:?}");
        assert!(!found.has_second(8));
        assert_eq!(align(&words("a b c"), &words("c b a")).pairs.len(), 1);
        assert_eq!(words("PPAR-γ and β"), ["ppar", "gamma", "and", "beta"]);
        assert_eq!(likeness("dopamine", "dpamine"), 85);
        assert_eq!(likeness("2005", "2006"), 0);
        assert_eq!(edits_within("harbour", "annalsofharbours"), 0);
        assert_eq!(edits_within("harbour", "annalsofhanbors"), 2);
        assert_eq!(edits_within("harbour", ""), 7);
    }
}
