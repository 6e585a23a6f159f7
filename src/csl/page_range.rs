//! Page ranges (CSL 1.0.2, appendix V).

use citationberg::PageRangeFormat;

/// Writes every range of a list of pages in the given form; without one, only the dash is set.
pub(super) fn format(pages: &str, form: Option<PageRangeFormat>, dash: &str) -> String {
    let mut out = String::with_capacity(pages.len());
    for (n, part) in pages.split_inclusive([',', '&', ';']).enumerate() {
        let (part, separator) = match part.char_indices().next_back() {
            Some((at, c @ (',' | '&' | ';'))) => (&part[..at], Some(c)),
            _ => (part, None),
        };
        let part = part.trim();
        if n > 0 && !out.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(&range(part, form, dash));
        match separator {
            Some('&') => out.push_str(" &"),
            Some(c) => out.push(c),
            None => {}
        }
    }
    out
}

fn range(part: &str, form: Option<PageRangeFormat>, dash: &str) -> String {
    if let Some((before, after)) = part.split_once("\\-") {
        return format!("{before}-{after}");
    }
    // Of several hyphens the last is that of the range: "209-1-209-16".
    let Some(at) = part.rfind(['-', '–', '—']) else { return part.to_owned() };
    let (start, end) = (part[..at].trim_end(), part[at..].trim_start_matches(['-', '–', '—']).trim_start());
    let begin = start.rfind(['-', '–', '—']).map_or(0, |n| n + start[n..].chars().next().map_or(0, char::len_utf8));
    let (before, start) = start.split_at(begin);
    let joined = |dash: &str| format!("{before}{start}{dash}{end}");
    if start.is_empty() || end.is_empty() {
        return part.to_owned();
    }
    let (start_prefix, x) = split_digits(start);
    let (end_prefix, y) = split_digits(end);
    if x.is_empty() || y.is_empty() {
        return joined(if is_roman(start) && is_roman(end) { dash } else { "-" });
    }
    // Numbers of two kinds are one name, not a range: "N110-5".
    if start_prefix != end_prefix {
        return joined("-");
    }
    let Some(form) = form else { return joined(dash) };
    let full = if y.len() < x.len() { format!("{}{y}", &x[..x.len() - y.len()]) } else { y.to_owned() };
    let shown = match form {
        PageRangeFormat::Expanded => full,
        PageRangeFormat::Minimal => shorten(x, &full, 1),
        PageRangeFormat::MinimalTwo => shorten(x, &full, 2),
        PageRangeFormat::Chicago15 | PageRangeFormat::Chicago16 => chicago(x, &full, form),
    };
    // The letters before a number stand once when the second number is shortened.
    let repeat = if form == PageRangeFormat::Expanded { start_prefix } else { "" };
    format!("{before}{start}{dash}{repeat}{shown}")
}

fn is_roman(s: &str) -> bool {
    s.chars().all(|c| "ivxlcdmIVXLCDM".contains(c))
}

/// The digits at the end of a page number, and what stands before them.
fn split_digits(s: &str) -> (&str, &str) {
    let digits = s.bytes().rev().take_while(u8::is_ascii_digit).count();
    s.split_at(s.len() - digits)
}

/// The last digits of `y` that differ from `x`, at least `keep` of them.
fn shorten(x: &str, y: &str, keep: usize) -> String {
    if x.len() != y.len() {
        return y.to_owned();
    }
    let same = x.bytes().zip(y.bytes()).take_while(|(a, b)| a == b).count();
    y[same.min(y.len().saturating_sub(keep))..].to_owned()
}

fn chicago(x: &str, y: &str, form: PageRangeFormat) -> String {
    let below_hundred = x.len() < 3 || x.ends_with("00");
    if below_hundred || x.len() != y.len() {
        return y.to_owned();
    }
    if x.as_bytes()[x.len() - 2] == b'0' {
        return shorten(x, y, 1);
    }
    let changed = x.bytes().zip(y.bytes()).skip_while(|(a, b)| a == b).count();
    if form == PageRangeFormat::Chicago15 && x.len() == 4 && changed >= 3 {
        return y.to_owned();
    }
    shorten(x, y, 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use PageRangeFormat::*;

    #[test]
    fn forms() {
        for (form, from, to) in [
            (Some(Minimal), "235-238", "235–8"),
            (Some(Minimal), "1002-6", "1002–6"),
            (Some(MinimalTwo), "321-328", "321–28"),
            (Some(Expanded), "321-8", "321–328"),
            (Some(Expanded), "N110-5", "N110-5"),
            (Some(Expanded), "N110-N5", "N110–N115"),
            (Some(Minimal), "209-1-209-16", "209-1-209–16"),
            (Some(Minimal), "3-B", "3-B"),
            (Some(Chicago15), "101-108", "101–8"),
            (Some(Chicago15), "1496-1504", "1496–1504"),
            (Some(Chicago16), "1496-1504", "1496–504"),
            (Some(Chicago15), "321-325", "321–25"),
            (Some(Chicago15), "600-613", "600–613"),
            (None, "12-15, 19", "12–15, 19"),
            (Some(Minimal), "e12", "e12"),
            (Some(Minimal), "xi-xii", "xi–xii"),
        ] {
            assert_eq!(format(from, form, "–"), to);
        }
    }
}
