//! `refs tidy`: a diff first.

use super::support::Folder;

const BIB: &str = "% mine\n@article{k,\n  title = {The DNA of eels},\n  pages = {34-56},\n  doi = {https://doi.org/10.5555/A}, % keep\n  note = {},\n}\n\n@misc{j, title = \"Fine\"}\n";

#[test]
fn a_diff_first_and_then_the_change() {
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.write("refs.bib", BIB);
    let diff = folder.status(&["refs", "tidy"], 1);
    assert_eq!(folder.read("refs.bib"), BIB);
    let start = diff.find("@@").unwrap();
    insta::assert_snapshot!(&diff[start..], @r#"
    @@ -1,9 +1,8 @@
     % mine
     @article{k,
    -  title = {The DNA of eels},
    -  pages = {34-56},
    -  doi = {https://doi.org/10.5555/A}, % keep
    -  note = {},
    +  title = {The {DNA} of eels},
    +  pages = {34--56},
    +  doi = {10.5555/A}, % keep
     }
     
     @misc{j, title = "Fine"}
    "#);
    folder.ok(&["refs", "tidy", "--write"]);
    let tidied = folder.read("refs.bib");
    assert_eq!(
        tidied,
        BIB.replace("DNA", "{DNA}")
            .replace("34-56", "34--56")
            .replace("https://doi.org/", "")
            .replace("  note = {},\n", "")
    );
    let (status, message) = folder.errors(&["refs", "tidy"]);
    assert_eq!((status, message.as_str()), (0, "all is tidy\n"));
    folder.ok(&["undo"]);
    assert_eq!(folder.read("refs.bib"), BIB);
}

#[test]
fn rules_are_chosen_on_the_command_line_and_in_the_settings() {
    let folder = Folder::new();
    folder.ok(&["init"]);
    folder.write("refs.bib", BIB);
    folder.ok(&["refs", "tidy", "--write", "--select", "pages"]);
    assert_eq!(folder.read("refs.bib"), BIB.replace("34-56", "34--56"));
    folder.ok(&["undo"]);
    folder.write("citetrail.toml", "[tidy]\nselect = [\"doi\", \"pages\"]\nignore = [\"pages\"]\n");
    folder.ok(&["refs", "tidy", "--write"]);
    assert_eq!(folder.read("refs.bib"), BIB.replace("https://doi.org/", ""));
    let (status, message) = folder.errors(&["refs", "tidy", "--ignore", "pagse"]);
    assert_eq!(status, 2);
    assert!(message.contains("no rule of tidy is called “pagse”, did you mean pages"), "{message}");
}

#[test]
fn rules_explain_themselves() {
    let folder = Folder::new();
    assert!(folder.ok(&["refs", "tidy", "--explain", "title-protection"]).contains("`title = {The {DNA} of {mRNA}}`"));
    let list = folder.ok(&["refs", "tidy", "--list-rules"]);
    assert!(list.contains("sort-entries") && list.contains("(when selected)"), "{list}");
    assert!(list.lines().all(|l| l.chars().count() <= 80), "{list}");
}
