//! `refs rekey`: keys by a pattern, and everything that names them.

use super::support::Folder;

const BIB: &str = "@article{smith01, author = {Smith, J.}, title = {On Tides}, year = 2001}\n@article{x, author = {Smith, J.}, title = {On Ferries}, year = 2001, crossref = {hb}}\n@book{hb, title = {Handbook of Islands}, year = 1999, related = {smith01, x}}\n@xdata{d, publisher = {P}}\n";

const LATEX: &str = "\\documentclass{article}\n\\newcommand{\\see}[1]{\\cite{#1}}\n\\begin{document}\n\\section{One \\cite{x}}\nTides rise \\citep[p.~3]{smith01, x}. % \\cite{smith01}\nFerries sail \\see{x}.\\footnote{As \\citet{hb} says of smith01.}\n\\begin{verbatim}\n\\cite{smith01}\n\\end{verbatim}\n\\nocite{hb}\n\\bibliography{refs}\n\\end{document}\n";
const MARKDOWN: &str = "---\nnocite: |\n  @hb\n---\n\nTides rise [see @smith01, p. 3; @x]. `@smith01` stays, me@x.org too.\n\nAs @smith01 [p. 2] says.[^1]\n\n[^1]: See @x.\n";
const TYPST: &str = "= One\n\nTides rise @smith01. Ferries #cite(<x>) sail. // @smith01\n";

fn project() -> Folder {
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.write("refs.bib", BIB);
    folder.write("a.tex", LATEX.replace('\n', "\r\n"));
    folder.write("b.md", MARKDOWN);
    folder.write("c.typ", TYPST);
    folder.ok(&["load", "a.tex", "b.md", "c.typ"]);
    assert_eq!(folder.read("refs.bib"), BIB);
    folder
}

#[test]
fn a_diff_first_and_one_undo_takes_it_all_back() {
    let folder = project();
    let files = ["refs.bib", "documents.jsonl", "a.tex", "b.md", "c.typ"];
    let before = files.map(|name| folder.read(name));
    let diff = folder.status(&["refs", "rekey", "--all", "--documents"], 1);
    assert!(diff.contains("+@article{smith2001,") && diff.contains("+As @smith2001 [p. 2] says.[^1]"), "{diff}");
    assert_eq!(files.map(|name| folder.read(name)), before);
    let map = folder.ok(&["refs", "rekey", "--all", "--documents", "--write", "--map", "keys.tsv"]);
    assert_eq!(map, "hb       →  handbook1999\nsmith01  →  smith2001\nx        →  smith2001a\n");
    assert_eq!(folder.read("keys.tsv"), "hb\thandbook1999\nsmith01\tsmith2001\nx\tsmith2001a\n");
    let bib = folder.read("refs.bib");
    assert_eq!(
        bib,
        BIB.replace("{smith01,", "{smith2001,")
            .replace("{x,", "{smith2001a,")
            .replace("{hb,", "{handbook1999,")
            .replace("{hb}", "{handbook1999}")
            .replace("{smith2001, x}", "{smith2001, smith2001a}")
    );
    let latex = LATEX
        .replace("{One \\cite{x}}", "{One \\cite{smith2001a}}")
        .replace("]{smith01, x}", "]{smith2001, smith2001a}")
        .replace("\\see{x}", "\\see{smith2001a}")
        .replace("\\citet{hb}", "\\citet{handbook1999}")
        .replace("\\nocite{hb}", "\\nocite{handbook1999}");
    assert_eq!(folder.read("a.tex"), latex.replace('\n', "\r\n"));
    assert_eq!(
        folder.read("b.md"),
        MARKDOWN
            .replace("@hb", "@handbook1999")
            .replace("see @smith01, p. 3; @x]", "see @smith2001, p. 3; @smith2001a]")
            .replace("As @smith01", "As @smith2001")
            .replace("See @x", "See @smith2001a")
    );
    assert_eq!(folder.read("c.typ"), TYPST.replace("rise @smith01", "rise @smith2001").replace("<x>", "<smith2001a>"));
    assert!(folder.ok(&["backs", "smith2001"]).contains("Tides rise"));
    folder.ok(&["undo"]);
    assert_eq!(files.map(|name| folder.read(name)), before);
    assert!(folder.ok(&["backs", "smith01"]).contains("Tides rise"));
}

#[test]
fn claims_of_rewritten_documents_keep_their_ids() {
    let folder = project();
    let id = || folder.json(&["why", "ferries sail", "--to", "json"])["claims"][0]["id"].clone();
    let before = id();
    folder.ok(&["refs", "rekey", "--all", "--documents", "--write"]);
    std::fs::remove_dir_all(folder.file(".citetrail")).unwrap();
    assert_eq!(id(), before);
}

#[test]
fn documents_left_alone_still_point_to_their_entries() {
    let folder = project();
    let (status, message) = folder.errors(&["refs", "rekey", "--all", "--write"]);
    assert_eq!(status, 0);
    assert!(message.contains("a.tex, b.md, c.typ still") && message.contains("--documents"), "{message}");
    assert_eq!(folder.read("b.md"), MARKDOWN);
    assert!(folder.ok(&["backs", "smith2001"]).contains("Tides rise"));
    std::fs::remove_dir_all(folder.file(".citetrail")).unwrap();
    assert!(folder.ok(&["backs", "smith2001a"]).contains("Ferries"));
}

#[test]
fn pinned_keys_stay_and_again_changes_nothing() {
    let folder = project();
    folder.write("citetrail.toml", "[rekey]\npattern = \"auth.upper + shortyear\"\npinned = [\"hb\"]\n");
    let map = folder.ok(&["refs", "rekey", "--all", "--write", "--pin", "x"]);
    assert_eq!(map, "smith01  →  SMITH01\n");
    assert_eq!(
        folder.errors(&["refs", "rekey", "--all", "--pin", "x"]),
        (0, "all keys are as the pattern makes them\n".to_owned())
    );
}

#[test]
fn only_the_entries_named() {
    let folder = project();
    assert_eq!(folder.ok(&["refs", "rekey", "x", "--write", "--keep-ids"]), "x  →  smith2001\n");
    assert!(folder.read("refs.bib").contains("crossref = {hb}, ids = {x}}"));
    for (args, expected) in [
        (&["refs", "rekey"][..], "required"),
        (&["refs", "rekey", "nobody"], "no entry has the key “nobody”"),
        (&["refs", "rekey", "--all", "--pattern", "auth.lover"], "did you mean lower"),
        (&["refs", "rekey", "--all", "--documents", "--bib", "other.bib"], "refs.bib"),
    ] {
        folder.write("other.bib", BIB);
        let (status, message) = folder.errors(args);
        assert_eq!(status, 2, "{args:?}");
        assert!(message.contains(expected), "{args:?}: {message}");
    }
    assert!(folder.ok(&["refs", "rekey", "--patterns"]).contains("authorsAlpha"));
}

#[test]
fn what_a_command_puts_together_is_left_and_said() {
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.write("refs.bib", "@book{db:x, author = {Smith, J.}, year = 2001, title = {T}}\n");
    let latex = "\\newcommand{\\mine}[1]{\\cite{db:#1}}\n\\begin{document}\nTides rise \\mine{x}.\n\\end{document}\n";
    folder.write("a.tex", latex);
    folder.ok(&["load", "a.tex"]);
    let (_, message) = folder.errors(&["refs", "rekey", "--all", "--documents", "--write"]);
    assert!(message.contains("a.tex:3:17: db:x stands here and was left"), "{message}");
    assert_eq!(folder.read("a.tex"), latex);
}

#[test]
fn citations_outside_of_claims_follow_too() {
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.write("refs.bib", "@book{x, author = {Smith, J.}, year = 2001, title = {T}}\n");
    let latex = "\\title{On \\cite{x}}\n\\begin{document}\nTides rise \\cite{x}.\n\\begin{table}\\caption[S \\cite{x}]{C \\cite{x}}\\begin{tabular}{ll}a \\cite{x} & b\\\\ c & \\cite{x}\\end{tabular}\\end{table}\n\\begin{equation}y \\text{ by \\cite{x}}\\end{equation}\n\\paragraph{Run \\cite{x}} in.\n\\begin{tikzpicture}\\node{\\cite{x}}; % \\cite{x}\n\\end{tikzpicture}\n\\end{document}\n";
    folder.write("a.tex", latex);
    folder.ok(&["load", "a.tex"]);
    folder.ok(&["refs", "rekey", "--all", "--documents", "--write"]);
    assert_eq!(
        folder.read("a.tex"),
        latex.replace("\\cite{x}", "\\cite{smith2001}").replace("% \\cite{smith2001}", "% \\cite{x}")
    );
}

#[test]
fn files_that_a_manuscript_takes_in_follow_too() {
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.write("refs.bib", "@book{x, author = {Smith, J.}, year = 2001, title = {T}}\n");
    let main = "\\documentclass{article}\n\\input{macros}\n\\begin{document}\n\\section{Sea}\nOwn words \\cite{x}.\n\\input{parts/one}\n\\input{parts/one}\n\\end{document}\n";
    folder.write("paper/main.tex", main);
    folder.write("paper/macros.tex", "\\newcommand{\\mine}[1]{\\cite{#1}}\n");
    folder.write(
        "paper/parts/one.tex",
        "\u{feff}% \\cite{x}\r\nTides rise é \\mine{x}.\r\n\r\nFerries sail \\citep[p.~3]{x}.\r\n",
    );
    folder.write("typst/main.typ", "#include \"part.typ\"\n");
    folder.write("typst/part.typ", "= One\n\nIslands lie @x.\n");
    folder.ok(&["load", "paper/main.tex", "typst/main.typ"]);
    let id = || folder.json(&["why", "ferries sail", "--to", "json"])["claims"][0]["id"].clone();
    let before = (id(), folder.read("paper/parts/one.tex"));
    let message = folder.errors(&["refs", "rekey", "--all", "--documents", "--write"]).1;
    assert!(message.contains("paper/parts/one.tex: 2 citations"), "{message}");
    assert_eq!(folder.read("paper/main.tex"), main.replace("\\cite{x}", "\\cite{smith2001}"));
    assert_eq!(
        folder.read("paper/parts/one.tex"),
        before.1.replace("\\mine{x}", "\\mine{smith2001}").replace("3]{x}", "3]{smith2001}")
    );
    assert_eq!(folder.read("typst/part.typ"), "= One\n\nIslands lie @smith2001.\n");
    assert!(folder.ok(&["backs", "smith2001"]).contains("Islands lie"));
    std::fs::remove_file(folder.file(".citetrail/store.db")).unwrap();
    assert_eq!(id(), before.0);
    folder.ok(&["undo"]);
    assert_eq!(folder.read("paper/parts/one.tex"), before.1);
}
