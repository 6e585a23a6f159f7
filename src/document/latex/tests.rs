//! LaTeX: source, and the claims it becomes.

use super::super::{CitedTarget, Claim, Document, Format, ReadOptions};

fn document(text: &str) -> Document {
    crate::document::read(text.as_bytes(), &ReadOptions { format: Some(Format::Latex), ..ReadOptions::default() })
        .unwrap()
}

/// Claims as "path|text|what is cited: its keys".
fn claims(text: &str) -> Vec<String> {
    let show = |c: &Claim| {
        let path: Vec<String> = c.path.iter().map(ToString::to_string).collect();
        let cited: Vec<String> = c
            .marked
            .iter()
            .map(|m| {
                let text: String = c.text.chars().skip(m.span.start).take(m.span.end - m.span.start).collect();
                let target = |t: &CitedTarget| match t {
                    CitedTarget::Key(key) => key.clone(),
                    CitedTarget::Reference(i) => format!("#{i}"),
                };
                format!("{text}: {}", m.targets.iter().map(target).collect::<Vec<_>>().join(" "))
            })
            .collect();
        format!("{}|{}|{}", path.join(">"), c.text, cited.join(", "))
    };
    document(text).claims.iter().map(show).collect()
}

#[test]
fn a_manuscript() {
    let text = r"\documentclass{article}
\title[Short]{Bark\thanks{To all.}}
\newcommand{\bib}{wood}
\newcommand{\seealso}[2][p.~1]{(see also \citealp[#1]{#2})}
\begin{document}
\maketitle % no text
\begin{abstract}
Bark is light.
\end{abstract}
\section{One \emph{two}}\label{s:one}
It grows \citep[see][p. 3]{roe, doe}. And
\citet{poe} saw it. \seealso{a}
% \cite{commented}

It has 3\% water.\footnote{It floats on it, as was shown in many old books \cite{b}.} It sinks.\footnote{See \textcite{c}.}
\begin{enumerate}
  \item First \cites[1]{d}[2]{e}.
  \item Second:
  \begin{itemize} \item inner \end{itemize}
\end{enumerate}
\paragraph{Run in} With $x = 1. Y$ it ends.
\begin{figure}\includegraphics{x}\caption{A tree, after \cite{f}.}\end{figure}
\begin{tabular}{ll} Tree & Use \\ Oak & Boats \cite{g} \\ \end{tabular}
\nocite{*}
\bibliography{\bib}
\end{document}";
    let found = claims(text);
    let expected = [
        r"Abstract|Bark is light.|",
        r"One two|It grows \citep[see][p. 3]{roe, doe}.|roe: roe, doe: doe",
        r"One two|And \citet{poe} saw it. \seealso{a}|\citet{poe}: poe, \seealso{a}: a",
        r"One two|It has 3\% water.|",
        r"One two|It sinks.\footnote{See \textcite{c}.}|\footnote{See \textcite{c}.}: c",
        r"One two|It floats on it, as was shown in many old books \cite{b}.|\cite{b}: b",
        r"One two>1|First \cites[1]{d}[2]{e}.|d: d, e: e",
        r"One two>2|Second:|",
        r"One two>2|inner|",
        r"One two|With $x = 1. Y$ it ends.|",
        r"One two|A tree, after \cite{f}.|\cite{f}: f",
        r"One two|Oak Boats \cite{g}|\cite{g}: g",
    ];
    assert_eq!(found, expected);
    let document = document(text);
    assert_eq!(document.title.as_deref(), Some("Bark"));
    assert_eq!((document.bibliographies, document.listed_keys), (vec!["wood.bib".to_owned()], vec!["*".to_owned()]));
}

#[test]
fn a_list_of_works_in_the_manuscript() {
    let text = r"Bark burns \cite{roe} well \cite{poe}.
\begin{thebibliography}{9}
\bibitem{roe} Roe, J. (2001). \emph{Birch} bark. Wood, 3, 4--7.
\bibitem[Doe99]{doe} Doe, A. (1999). Alder.
\end{thebibliography}";
    assert_eq!(claims(text), [r"|Bark burns \cite{roe} well \cite{poe}.|\cite{roe}: #0, \cite{poe}: poe"]);
    let references = document(text).references;
    assert_eq!(references[0].text, "Roe, J. (2001). Birch bark. Wood, 3, 4–7.");
    assert_eq!(references[1].label.as_deref(), Some("Doe99"));
}

#[test]
fn comments_among_keys_and_text_switched_off() {
    let text = "Bark \\cite{%\n  roe, % not, these\n  doe}. \\iffalse Wood \\cite{gone}. \\fi Oak \\cite{poe} too.";
    let marked = document(text).claims.into_iter().flat_map(|c| c.marked).flat_map(|m| m.targets);
    let keys: Vec<String> =
        marked.filter_map(|t| if let crate::document::CitedTarget::Key(key) = t { Some(key) } else { None }).collect();
    assert_eq!(keys, ["roe", "doe", "poe"]);
}

#[test]
fn addresses_of_printed_works() {
    let text = r"Bark \cite{a}.\begin{thebibliography}{9}\bibitem{a} Roe, J. Bark, 2001. \href{https://doi.org/10.5555/a}{link}
\end{thebibliography}";
    assert_eq!(document(text).references[0].text, "Roe, J. Bark, 2001. https://doi.org/10.5555/a link");
}

#[test]
fn damage() {
    for text in [
        r"\cite{",
        r"\begin{itemize}\item \item",
        r"$x",
        r"\footnote{\footnote{\footnote{a}}}",
        r"\",
        r"\end{document}",
        "%",
    ] {
        document(text);
    }
}
