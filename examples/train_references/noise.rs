//! Damage as real references have it: what print conversion, web pages and careless writers do to them.

use citetrail::reference::training::Label;

use crate::corpus::Sample;
use crate::random::Random;

/// A text in which every character knows its field.
#[derive(Debug, Clone, Default)]
pub struct Labelled(pub Vec<(char, Label)>);

impl Labelled {
    pub fn put(&mut self, text: &str, label: Label) {
        self.0.extend(text.chars().map(|c| (c, label)));
    }

    /// As a sample to train on.
    pub fn sample(&self) -> Sample {
        let mut sample = Sample { raw: String::new(), letters: Vec::new() };
        let mut buffer = [0; 4];
        for &(c, label) in &self.0 {
            sample.push(c.encode_utf8(&mut buffer), label);
        }
        sample
    }
}

/// Damages a reference; most stay nearly whole.
pub fn damage(text: &mut Labelled, random: &mut Random) {
    if random.chance(120) {
        spaces(text, random);
    }
    if random.chance(60) {
        hyphenate(text, random);
    }
    if random.chance(150) {
        lose_marks(text, random);
    }
    if random.chance(60) {
        recase(text, random);
    }
    if random.chance(250) {
        number(text, random);
    }
    if random.chance(80) {
        const LABELS: &[&str] = &[
            " Google Scholar",
            " CrossRef",
            " [PubMed]",
            "Article PubMed Google Scholar",
            " [CrossRef] [Google Scholar]",
            ". CrossRef",
            " View Article",
            " PMID: 12345678",
            " [PMC free article]",
        ];
        let label = random.pick(LABELS);
        text.put(label, Label::Other);
    }
    if random.chance(25) {
        const NOTES: &[&str] = &["See ", "See also ", "Cf. ", "Vgl. ", "For a review see ", "Siehe auch "];
        let mut noted = Labelled::default();
        noted.put(random.pick(NOTES), Label::Other);
        noted.0.append(&mut text.0);
        *text = noted;
    }
    if random.chance(20) {
        const NOTES: &[&str] =
            &[" (in press).", " [in German]", " (erratum 12, 3).", " (Original work published 1911)", " Review."];
        text.put(random.pick(NOTES), Label::Note);
    }
    if random.chance(30) {
        let keep = text.0.len() * (60 + random.below(40)) / 100;
        text.0.truncate(keep.max(20));
    }
}

fn spaces(text: &mut Labelled, random: &mut Random) {
    let lost = random.below(60);
    let more = random.below(60);
    let mut out = Vec::with_capacity(text.0.len() + 20);
    for &(c, label) in &text.0 {
        if c == ' ' && random.chance(lost) {
            continue;
        }
        if matches!(c, ',' | '.' | ':' | ';' | ')') && random.chance(more) {
            out.push((' ', Label::Other));
        }
        out.push((c, label));
        if (c == ' ' || matches!(c, '(' | '-' | '–')) && random.chance(more / 2) {
            out.push((' ', Label::Other));
        }
    }
    text.0 = out;
}

fn hyphenate(text: &mut Labelled, random: &mut Random) {
    let inside = |w: &[(char, Label)]| w.iter().all(|(c, _)| c.is_lowercase());
    let places: Vec<usize> = (4..text.0.len().saturating_sub(4)).filter(|&i| inside(&text.0[i - 3..i + 3])).collect();
    if !places.is_empty() {
        let at = random.pick(&places);
        let label = text.0[at].1;
        text.0.splice(at..at, [('-', label), (' ', label)]);
    }
}

/// Marks between fields are lost or exchanged.
fn lose_marks(text: &mut Labelled, random: &mut Random) {
    let chance = 40 + random.below(150);
    let mut out = Vec::with_capacity(text.0.len());
    for &(c, label) in &text.0 {
        let between = label == Label::Other && matches!(c, '.' | ',' | ':' | ';' | '"' | '“' | '”' | '(' | ')');
        if between && random.chance(chance) {
            if matches!(c, '.' | ',' | ':' | ';') && random.chance(500) {
                out.push((random.pick(&['.', ',', ';']), label));
            }
            continue;
        }
        out.push((c, label));
    }
    text.0 = out;
}

fn recase(text: &mut Labelled, random: &mut Random) {
    let field = random.pick(&[Label::Author, Label::Title, Label::Container, Label::Author]);
    for (c, label) in &mut text.0 {
        if *label == field {
            *c = c.to_uppercase().next().filter(|u| u.is_alphabetic()).unwrap_or(*c);
        }
    }
}

fn number(text: &mut Labelled, random: &mut Random) {
    if text.0.first().is_some_and(|(c, _)| c.is_ascii_digit() || *c == '[') {
        return;
    }
    let n = 1 + random.below(180);
    let printed = match random.below(7) {
        0 => format!("[{n}] "),
        1 => format!("{n}. "),
        2 => format!("({n}) "),
        3 => format!("{n} "),
        4 => format!("{n}.  {n}. "),
        5 => format!("[{n}]"),
        _ => format!("{n}.\u{a0}"),
    };
    let mut numbered = Labelled::default();
    numbered.put(&printed, Label::Other);
    numbered.0.append(&mut text.0);
    *text = numbered;
}
