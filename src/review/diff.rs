//! What changed between two texts, word by word.

/// A run of words, with single spaces between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffPart {
    Same(String),
    Removed(String),
    Added(String),
}

/// Beyond so many pairs of words the texts are told apart as a whole: the comparison costs their product.
const LARGEST: usize = 4_000_000;

/// The fewest words to take out of `before` and put in to get `after`.
pub fn word_diff(before: &str, after: &str) -> Vec<DiffPart> {
    let (a, b): (Vec<&str>, Vec<&str>) = (before.split_whitespace().collect(), after.split_whitespace().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (old, new) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let mut parts = Parts(Vec::new());
    a[..head].iter().for_each(|w| parts.push(DiffPart::Same, w));
    if old.len() * new.len() > LARGEST {
        old.iter().for_each(|w| parts.push(DiffPart::Removed, w));
        new.iter().for_each(|w| parts.push(DiffPart::Added, w));
    } else {
        middle(old, new, &mut parts);
    }
    a[a.len() - tail..].iter().for_each(|w| parts.push(DiffPart::Same, w));
    parts.0
}

/// By the longest common subsequence.
fn middle(old: &[&str], new: &[&str], parts: &mut Parts) {
    let width = new.len() + 1;
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            parts.push(DiffPart::Same, old[i]);
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            parts.push(DiffPart::Removed, old[i]);
            i += 1;
        } else {
            parts.push(DiffPart::Added, new[j]);
            j += 1;
        }
    }
}

struct Parts(Vec<DiffPart>);

impl Parts {
    fn push(&mut self, kind: fn(String) -> DiffPart, word: &str) {
        let new = kind(word.to_owned());
        match (self.0.last_mut(), &new) {
            (Some(DiffPart::Same(run)), DiffPart::Same(_))
            | (Some(DiffPart::Removed(run)), DiffPart::Removed(_))
            | (Some(DiffPart::Added(run)), DiffPart::Added(_)) => {
                run.push(' ');
                run.push_str(word);
            }
            _ => self.0.push(new),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let part = |p: DiffPart| match p {
            DiffPart::Same(s) => s,
            DiffPart::Removed(s) => format!("[-{s}-]"),
            DiffPart::Added(s) => format!("{{+{s}+}}"),
        };
        word_diff(before, after).into_iter().map(part).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words() {
        for (before, after, expected) in [
            ("a b c", "a b c", "a b c"),
            ("a b c", "a x c", "a [-b-] {+x+} c"),
            ("", "new", "{+new+}"),
            ("gone", "", "[-gone-]"),
            ("a b c d", "c d", "[-a b-] c d"),
            ("it is rare in men", "it is not rare in old men", "it is {+not+} rare in {+old+} men"),
        ] {
            assert_eq!(shown(before, after), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn both_texts_are_in_it(before in "[abc ]{0,24}", after in "[abc ]{0,24}") {
            let words = |keep: fn(&DiffPart) -> bool| -> Vec<String> {
                word_diff(&before, &after).into_iter().filter(keep).flat_map(|p| {
                    let (DiffPart::Same(s) | DiffPart::Removed(s) | DiffPart::Added(s)) = p;
                    s.split(' ').map(str::to_owned).collect::<Vec<_>>()
                }).collect()
            };
            let split = |s: &str| s.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            proptest::prop_assert_eq!(words(|p| !matches!(p, DiffPart::Added(_))), split(&before));
            proptest::prop_assert_eq!(words(|p| !matches!(p, DiffPart::Removed(_))), split(&after));
        }
    }
}
