//! What is known of LaTeX commands and environments by their names.

/// What a command does to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Begin,
    End,
    Item,
    /// A heading of this depth.
    Section(usize),
    /// A heading in the line of its paragraph, no section of its own.
    RunInHeading,
    Title,
    /// A footnote: its argument stands apart.
    Note,
    Caption,
    Input,
    Bibliography,
    Nocite,
    /// Prints nothing of its so many arguments.
    Nothing {
        arguments: usize,
    },
    /// Defines a command.
    Definition,
    /// Its argument is no prose: a label, an address.
    Opaque,
    /// `\verb`
    Verbatim,
    Paragraph,
    /// Begins a formula that ends with this.
    Formula(&'static str),
    /// A sign written with a backslash: `\%`.
    Sign,
    Space,
    Other,
}

/// What an environment holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Environment {
    Formula,
    /// No prose: code, drawings.
    Opaque,
    Table,
    ListOfWorks,
    List {
        ordered: bool,
    },
    Abstract,
    Other,
}

/// The name of the command at `at`, without a star, and where it ends.
pub(super) fn name(source: &str, at: usize) -> (&str, usize) {
    let rest = &source[at + 1..];
    let letters = rest.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'@').count();
    if letters == 0 {
        let length = rest.chars().next().map_or(0, char::len_utf8);
        return (&rest[..length], at + 1 + length);
    }
    let star = usize::from(rest[letters..].starts_with('*'));
    (&rest[..letters], at + 1 + letters + star)
}

pub(super) fn of(name: &str) -> Command {
    match name {
        "begin" => Command::Begin,
        "end" => Command::End,
        "item" => Command::Item,
        "part" | "chapter" | "addchap" => Command::Section(1),
        "section" | "addsec" => Command::Section(2),
        "subsection" => Command::Section(3),
        "subsubsection" => Command::Section(4),
        "paragraph" | "subparagraph" => Command::RunInHeading,
        "title" => Command::Title,
        "footnote" | "footnotetext" | "endnote" | "sidenote" | "marginpar" | "marginnote" | "tablefootnote"
        | "tnote" => Command::Note,
        "caption" | "captionof" | "subcaption" => Command::Caption,
        "input" | "include" | "subfile" | "import" | "subimport" => Command::Input,
        "bibliography" | "addbibresource" | "addglobalbib" | "addsectionbib" => Command::Bibliography,
        "nocite" => Command::Nocite,
        "newcommand"
        | "renewcommand"
        | "providecommand"
        | "def"
        | "gdef"
        | "edef"
        | "let"
        | "newenvironment"
        | "renewenvironment"
        | "DeclareRobustCommand"
        | "NewDocumentCommand"
        | "RenewDocumentCommand"
        | "DeclareMathOperator"
        | "newtheorem"
        | "DeclareCiteCommand"
        | "newcolumntype" => Command::Definition,
        "label"
        | "hypertarget"
        | "index"
        | "vspace"
        | "hspace"
        | "includegraphics"
        | "includesvg"
        | "bibliographystyle"
        | "usepackage"
        | "RequirePackage"
        | "hypersetup"
        | "pagestyle"
        | "thispagestyle"
        | "pagenumbering"
        | "author"
        | "date"
        | "thanks"
        | "affil"
        | "affiliation"
        | "address"
        | "email"
        | "institute"
        | "keywords"
        | "orcid"
        | "color"
        | "documentclass"
        | "graphicspath"
        | "todo"
        | "hyphenation"
        | "cmidrule"
        | "cline"
        | "phantom"
        | "hphantom"
        | "vphantom"
        | "printbibliography"
        | "tag"
        | "subjclass"
        | "correspondingauthor"
        | "authorrunning"
        | "titlerunning"
        | "runningtitle"
        | "runninghead"
        | "markboth"
        | "shorttitle"
        | "shortauthors"
        | "acmDOI"
        | "ccsdesc"
        | "journalname"
        | "papertype"
        | "paperurl"
        | "lstset"
        | "usetikzlibrary"
        | "bibitem"
        | "fontsize"
        | "rule"
        | "setcitestyle"
        | "citestyle"
        | "listoffigures"
        | "glsresetall"
        | "footnotemark"
        | "includepdf"
        | "lstinputlisting"
        | "verbatiminput"
        | "inputminted"
        | "linenumbers" => {
            let arguments = match name {
                "markboth" | "fontsize" | "rule" | "inputminted" => 2,
                "printbibliography" | "listoffigures" | "glsresetall" | "footnotemark" | "linenumbers" => 0,
                _ => 1,
            };
            Command::Nothing { arguments }
        }
        "setlength" | "addtolength" | "setcounter" | "addtocounter" | "DeclareMathSymbol" | "definecolor"
        | "newlength" | "addcontentsline" | "titleformat" | "numberwithin" => {
            Command::Nothing { arguments: if name == "addcontentsline" || name == "definecolor" { 3 } else { 2 } }
        }
        "maketitle" | "tableofcontents" | "listoftables" | "newpage" | "clearpage" | "cleardoublepage"
        | "pagebreak" => Command::Paragraph,
        "noindent" | "indent" | "centering" | "raggedright" | "small" | "footnotesize" | "scriptsize" | "tiny"
        | "large" | "Large" | "normalsize" | "bigskip" | "medskip" | "smallskip" | "toprule" | "midrule"
        | "bottomrule" | "hline" | "appendix" | "frontmatter" | "mainmatter" | "backmatter" | "sloppy" | "newblock"
        | "doublespacing" | "singlespacing" | "onehalfspacing" | "hfill" | "vfill" | "linebreak" | "newline"
        | "protect" | "tightlist" | "itshape" | "bfseries" | "em" | "it" | "bf" | "rm" | "sc" | "tt" | "scshape"
        | "upshape" | "null" | "relax" => Command::Space,
        "par" => Command::Paragraph,
        "url" | "nolinkurl" | "path" | "href" | "doi" | "texttt" | "mathrm" | "ensuremath" | "lstinline"
        | "mintinline" => Command::Opaque,
        "verb" => Command::Verbatim,
        "(" => Command::Formula("\\)"),
        "[" => Command::Formula("\\]"),
        "\\" | " " | "\n" | "," | ";" | ":" | "!" | "/" | "-" | "@" => {
            if name == "\\" {
                Command::Space
            } else {
                Command::Sign
            }
        }
        n if is_reference(n) => Command::Opaque,
        n if !n.starts_with(|c: char| c.is_ascii_alphabetic()) => Command::Sign,
        _ => Command::Other,
    }
}

/// Commands that refer to labels of the document.
pub(super) fn is_reference(name: &str) -> bool {
    matches!(
        name,
        "ref"
            | "eqref"
            | "autoref"
            | "cref"
            | "Cref"
            | "pageref"
            | "nameref"
            | "vref"
            | "Vref"
            | "fref"
            | "Fref"
            | "secref"
            | "figref"
            | "tabref"
            | "subref"
            | "hyperref"
            | "labelcref"
            | "cpageref"
            | "prettyref"
            | "gls"
            | "Gls"
            | "glspl"
            | "ac"
            | "acp"
            | "acs"
            | "acl"
            | "acrshort"
            | "acrlong"
    )
}

/// Whether an opaque environment holds a drawing, in which something may be cited, and not code.
pub(super) fn is_drawing(name: &str) -> bool {
    matches!(name, "tikzpicture" | "pgfpicture" | "picture" | "axis" | "algorithmic" | "algorithm" | "algorithm2e")
}

pub(super) fn environment(name: &str) -> Environment {
    match name {
        "equation" | "align" | "gather" | "multline" | "displaymath" | "math" | "eqnarray" | "alignat" | "flalign"
        | "subequations" | "dmath" | "split" | "array" => Environment::Formula,
        "verbatim" | "lstlisting" | "minted" | "comment" | "tikzpicture" | "pgfpicture" | "algorithmic"
        | "algorithm" | "algorithm2e" | "Verbatim" | "filecontents" | "CCSXML" | "picture" | "asy" | "axis"
        | "alltt" | "BVerbatim" => Environment::Opaque,
        "tabular" | "tabularx" | "tabulary" | "longtable" | "longtblr" | "tblr" | "xltabular" | "supertabular" => {
            Environment::Table
        }
        "thebibliography" | "CSLReferences" => Environment::ListOfWorks,
        "enumerate" | "compactenum" | "inparaenum" => Environment::List { ordered: true },
        "itemize" | "description" | "compactitem" | "inparaitem" | "asparaenum" | "list" | "tablenotes" => {
            Environment::List { ordered: false }
        }
        "abstract" => Environment::Abstract,
        _ => Environment::Other,
    }
}
