//! Paths below the folder of a manuscript.

/// A path named in a file of `folder`, below the folder of all; `None` when it leads out of that. A path that begins
/// with "/" counts from the folder of all where the format has it so (`rooted`), and leads out where not.
pub(super) fn inside(folder: &str, named: &str, rooted: bool) -> Option<String> {
    let named = named.replace('\\', "/");
    let mut steps: Vec<&str> = Vec::new();
    let (from, named) = match named.strip_prefix('/') {
        Some(rest) if rooted => ("", rest),
        Some(_) => return None,
        None => (folder, named.as_str()),
    };
    // A drive of Windows, an address.
    if named.contains(':') || named.starts_with('~') || named.contains('\0') {
        return None;
    }
    for step in from.split('/').chain(named.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop()?;
            }
            step => steps.push(step),
        }
    }
    (!steps.is_empty()).then(|| steps.join("/"))
}

/// The folder of a path; "" for a file at the top.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        for (folder, named, expected) in [
            ("", "a.tex", Some("a.tex")),
            ("x", "./a.tex", Some("x/a.tex")),
            ("x/y", "../a.tex", Some("x/a.tex")),
            ("x", "y\\a.tex", Some("x/y/a.tex")),
            ("x", "../../a.tex", None),
            ("", "../a.tex", None),
            ("", "/etc/passwd", None),
            ("", "C:/a.tex", None),
            ("", "~/a.tex", None),
            ("", "https://example.org/a.tex", None),
            ("", "", None),
        ] {
            assert_eq!(inside(folder, named, false).as_deref(), expected, "{folder} {named}");
        }
        assert_eq!(inside("x", "/a.typ", true).as_deref(), Some("a.typ"));
        assert_eq!(inside("x", "/../a.typ", true), None);
    }
}
