//! Files of works as a stream, whatever their size: compressed or not, in any bibliography format.
//!
//! JSON lines are read one by one and PubMed's XML some thousand articles at a time, so files of any size pass in little
//! memory; other formats are read whole. A record that cannot be read costs itself, and is said with its line.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use thiserror::Error;

use crate::bibliography::{self, Format, Problem};
use crate::work::{Pmid, Work};

/// What a file gives.
#[derive(Debug)]
pub enum Fed {
    Work {
        work: Box<Work>,
        /// Where it stands, 1-based; of formats in which a record is one line.
        line: Option<usize>,
    },
    /// A work that the source takes back: PubMed's updates name citations to delete.
    Deleted(Pmid),
    /// A record that was not read, or only in part.
    Problem(Problem),
}

/// Why a file was not read to its end.
#[derive(Debug, Error)]
pub enum FeedError {
    #[error("{0}; the file may be damaged or not be there whole")]
    Io(#[from] io::Error),
    #[error(transparent)]
    Read(#[from] bibliography::ReadError),
    #[error("a file of this format is read whole, and it has more than {0} MB: split it")]
    TooLarge(u64),
    #[error("line {line}: the line has more than {most} MB: is this a file of JSON lines?")]
    LongLine { line: usize, most: usize },
}

/// A line longer than this is no record; nor is a whole file of Crossref's public data that stands on one line.
const LONGEST_LINE: usize = 512 << 20;
/// Files of formats that are read whole may have so many bytes when decompressed.
const LARGEST_FILE: u64 = 2 << 30;
/// Of PubMed's XML that is read at a time.
const XML_PIECE: usize = 8 << 20;

/// Reads the works of a file, each as soon as it is there. `name` is its path: its ending tells a format where the
/// content does not. `read` may stop the reading with an error of its own.
///
/// # Errors
/// When the file cannot be read (further); what came before was given.
pub fn feed<E: From<FeedError>>(
    input: impl Read,
    name: &Path,
    format: Option<Format>,
    mut read: impl FnMut(Fed) -> Result<(), E>,
) -> Result<(), E> {
    let mut input = BufReader::with_capacity(1 << 17, decompressed(input).map_err(FeedError::from)?);
    let inner = inner_name(name);
    let mut first = Vec::new();
    let mut line = 0;
    while first.trim_ascii().is_empty() {
        first.clear();
        line += 1;
        if !next_line(&mut input, &mut first, line)? {
            return Ok(());
        }
    }
    if first.starts_with(b"\xef\xbb\xbf") {
        first.drain(..3);
    }
    let is_object = first.trim_ascii().starts_with(b"{");
    let is_lines = has_extension(&inner, &["jsonl", "ndjson"]) || format.is_some_and(|f| f.name() == "jsonl");
    if is_object && (is_lines || serde_json::from_slice::<serde::de::IgnoredAny>(&first).is_ok()) {
        let format = format.filter(|f| f.name() != "jsonl");
        return lines(&mut input, &mut first, line, format, &mut read);
    }
    let head = whole_head(&mut input, first).map_err(FeedError::from)?;
    let format = format.or_else(|| Format::of_file(&head, Path::new(&inner)));
    let blank = line - 1;
    if format.is_some_and(|f| f.name() == "pubmed-xml") {
        return pubmed(&mut input, head, blank, &mut read);
    }
    let mut bytes = head;
    let room = LARGEST_FILE - bytes.len() as u64;
    input.take(room + 1).read_to_end(&mut bytes).map_err(FeedError::from)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(FeedError::TooLarge(LARGEST_FILE >> 20).into());
    }
    give(bibliography::read(&bytes, format).map_err(FeedError::from)?, blank, None, &mut read)
}

/// What is in a file that ends in `.gz` or `.zst`.
pub fn inner_name(name: &Path) -> String {
    let shown = name.to_string_lossy();
    let lower = shown.to_ascii_lowercase();
    let cut = [".gz", ".zst"].iter().find(|end| lower.ends_with(*end)).map_or(0, |end| end.len());
    shown[..shown.len() - cut].to_owned()
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    Path::new(name).extension().is_some_and(|e| extensions.iter().any(|other| e.eq_ignore_ascii_case(other)))
}

/// Decompresses gzip and Zstandard, which their first bytes tell.
fn decompressed<'a>(input: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let head = input.fill_buf()?;
    Ok(if head.starts_with(&[0x1f, 0x8b]) {
        Box::new(flate2::bufread::MultiGzDecoder::new(input))
    } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        Box::new(Zstandard::Between(input))
    } else {
        Box::new(input)
    })
}

/// Zstandard frames one after the other, as parallel compressors write them.
enum Zstandard<R: BufRead> {
    Between(R),
    In(Box<ruzstd::decoding::StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>),
    Failed,
}

impl<R: BufRead> Read for Zstandard<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(self, Self::Failed) {
                Self::Failed => return Err(io::Error::other("the Zstandard data cannot be read")),
                Self::Between(mut input) => {
                    if input.fill_buf()?.is_empty() {
                        *self = Self::Between(input);
                        return Ok(0);
                    }
                    let decoder = ruzstd::decoding::StreamingDecoder::new(input);
                    *self = Self::In(Box::new(decoder.map_err(|e| io::Error::other(e.to_string()))?));
                }
                Self::In(mut decoder) => {
                    let read = decoder.read(out)?;
                    *self = if read == 0 { Self::Between(decoder.into_inner()) } else { Self::In(decoder) };
                    if read > 0 {
                        return Ok(read);
                    }
                }
            }
        }
    }
}

/// Reads a line with its end; `false` at the end of the file.
fn next_line(input: &mut impl BufRead, out: &mut Vec<u8>, line: usize) -> Result<bool, FeedError> {
    let read = input.take(LONGEST_LINE as u64 + 1).read_until(b'\n', out)?;
    if read > LONGEST_LINE {
        return Err(FeedError::LongLine { line, most: LONGEST_LINE >> 20 });
    }
    Ok(read > 0)
}

/// The first line and what follows it, enough to tell a format.
fn whole_head(input: &mut impl Read, first: Vec<u8>) -> io::Result<Vec<u8>> {
    let mut head = first;
    input.take(1 << 16).read_to_end(&mut head)?;
    Ok(head)
}

fn lines<E: From<FeedError>>(
    input: &mut impl BufRead,
    bytes: &mut Vec<u8>,
    mut line: usize,
    format: Option<Format>,
    read: &mut impl FnMut(Fed) -> Result<(), E>,
) -> Result<(), E> {
    let format = format.or_else(|| Format::sniff(bytes)).or(Some(Format::CSL_JSON));
    loop {
        if !bytes.trim_ascii().is_empty() {
            match bibliography::read(bytes, format) {
                Ok(library) => give(library, line - 1, Some(line), read)?,
                Err(error) => {
                    let message = match error {
                        bibliography::ReadError::NotOfFormat { reason, .. } => reason,
                        other => other.to_string(),
                    };
                    let message = format!("the record was left out: {message}");
                    read(Fed::Problem(Problem { message, line, column: 1, key: None }))?;
                }
            }
        }
        bytes.clear();
        line += 1;
        if !next_line(input, bytes, line)? {
            return Ok(());
        }
    }
}

fn give<E>(
    library: bibliography::Library,
    lines_before: usize,
    line: Option<usize>,
    read: &mut impl FnMut(Fed) -> Result<(), E>,
) -> Result<(), E> {
    for mut problem in library.problems {
        problem.line += lines_before;
        read(Fed::Problem(problem))?;
    }
    library.works.into_iter().try_for_each(|work| read(Fed::Work { work: Box::new(work), line }))
}

/// Reads PubMed's XML piece by piece: between its articles it can be cut.
fn pubmed<E: From<FeedError>>(
    input: &mut impl Read,
    mut bytes: Vec<u8>,
    mut lines_before: usize,
    read: &mut impl FnMut(Fed) -> Result<(), E>,
) -> Result<(), E> {
    const END: &[u8] = b"</PubmedArticle>";
    let mut first = true;
    loop {
        let got = input.take(XML_PIECE as u64).read_to_end(&mut bytes).map_err(FeedError::from)?;
        if bytes.len() > LONGEST_LINE {
            return Err(FeedError::TooLarge(LONGEST_LINE as u64 >> 20).into());
        }
        let cut = if got == 0 {
            bytes.len()
        } else {
            match bytes.windows(END.len()).rposition(|window| window == END) {
                Some(at) => at + END.len(),
                None => continue,
            }
        };
        // Pieces after the first have lost the element around them; those before the last have lost its end.
        let mut piece = if first { Vec::new() } else { b"<PubmedArticleSet>".to_vec() };
        piece.extend_from_slice(&bytes[..cut]);
        if got > 0 {
            piece.extend_from_slice(b"</PubmedArticleSet>");
        }
        // Behind the last article of a set stands only its end, or what it says to delete.
        let has_record = bytes[..cut].windows(10).any(|window| window == b"<PubmedArt" || window == b"<PubmedBoo");
        if has_record || first {
            let library = bibliography::read(&piece, Format::from_name("pubmed-xml")).map_err(FeedError::from)?;
            give(library, lines_before, None, read)?;
        }
        if got == 0 {
            return deleted(&bytes).try_for_each(|pmid| read(Fed::Deleted(pmid)));
        }
        lines_before += bytes[..cut].iter().filter(|b| **b == b'\n').count();
        bytes.drain(..cut);
        first = false;
    }
}

/// The PMIDs of `DeleteCitation`, which stands behind the last article of a set.
fn deleted(xml: &[u8]) -> impl Iterator<Item = Pmid> {
    let find = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).position(|window| window == what);
    let start = find(xml, b"<DeleteCitation").unwrap_or(xml.len());
    let end = find(&xml[start..], b"</DeleteCitation").map_or(xml.len(), |end| start + end);
    // "<PMID Version="1">123</PMID>": what stands between the end of one tag and the beginning of the next.
    xml[start..end].split(|b| *b == b'<').filter_map(|piece| {
        let (tag, text) = piece.split_at(piece.iter().position(|b| *b == b'>')?);
        let is_pmid = tag == b"PMID" || tag.starts_with(b"PMID ");
        is_pmid.then(|| std::str::from_utf8(&text[1..]).ok()?.trim().parse().ok()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::work::Field;

    /// Titles and problems of a file.
    fn fed(bytes: &[u8], name: &str) -> (Vec<String>, Vec<String>) {
        let (mut titles, mut problems) = (Vec::new(), Vec::new());
        feed::<FeedError>(bytes, Path::new(name), None, |fed| {
            match fed {
                Fed::Work { work, .. } => titles.push(work.get(Field::Title).unwrap_or_default().to_owned()),
                Fed::Deleted(pmid) => titles.push(format!("-{pmid}")),
                Fed::Problem(problem) => problems.push(problem.to_string()),
            }
            Ok(())
        })
        .unwrap();
        (titles, problems)
    }

    #[test]
    fn one_bad_line_costs_one_record() {
        let lines = "{\"id\": 1, \"title\": \"A\"}\n{\"id\": 2, \"title\": \n\n{\"id\": 3, \"title\": \"C\"}";
        let (titles, problems) = fed(lines.as_bytes(), "x.jsonl");
        assert_eq!(titles, ["A", "C"]);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].starts_with("2:1: the record was left out: "), "{problems:?}");
        // Also when it is the first.
        let (titles, problems) = fed(b"{\"id\": 1, \n{\"id\": 3, \"title\": \"C\"}", "x.jsonl");
        assert_eq!((titles, problems.len()), (vec!["C".to_owned()], 1));
    }

    #[test]
    fn compressed_files_are_recognised_by_their_bytes() {
        let lines = b"{\"id\": 1, \"title\": \"A\"}\n{\"id\": 2, \"title\": \"B\"}\n";
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(lines).unwrap();
        let gz = gz.finish().unwrap();
        assert_eq!(fed(&[gz.clone(), gz].concat(), "x.jsonl.gz").0, ["A", "B", "A", "B"]);
        let zst = ruzstd::encoding::compress_to_vec(&lines[..], ruzstd::encoding::CompressionLevel::Fastest);
        assert_eq!(fed(&[zst.clone(), zst].concat(), "x").0, ["A", "B", "A", "B"]);
    }

    #[test]
    fn whole_files_and_crossref() {
        assert_eq!(fed(b"\n\n@book{a, title = {T}}\n", "x.bib").0, ["T"]);
        let file = r#"{"items": [{"DOI": "10.5555/a", "title": ["T"], "reference-count": 1}, {"title": ["U"]}]}"#;
        assert_eq!(fed(file.as_bytes(), "0.json").0, ["T", "U"]);
        assert_eq!(fed(file.replace(", {", ",\n {").as_bytes(), "0.json").0, ["T", "U"]);
        assert_eq!(fed(b"", "x.bib").0, [""; 0]);
    }

    #[test]
    fn articles_of_pubmed_piece_by_piece() {
        let article = |n: usize| {
            format!(
                "<PubmedArticle><MedlineCitation><PMID>{n}</PMID><Article><ArticleTitle>T{n}</ArticleTitle><Abstract><AbstractText>{}</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>\n",
                "x".repeat(3_000_000)
            )
        };
        let set: String = (1..=7).map(article).collect();
        let xml = format!("<?xml version=\"1.0\"?>\n<PubmedArticleSet>\n{set}</PubmedArticleSet>\n");
        let (titles, problems) = fed(xml.as_bytes(), "p.xml");
        assert_eq!(titles, ["T1", "T2", "T3", "T4", "T5", "T6", "T7"]);
        assert!(problems.is_empty(), "{problems:?}");
    }

    #[test]
    fn citations_that_pubmed_deletes() {
        let article = "<PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>T</ArticleTitle></Article></MedlineCitation></PubmedArticle>";
        let delete = "<DeleteCitation>\n<PMID Version=\"1\">12</PMID>\n<PMID>34</PMID><PMID>x</PMID></DeleteCitation>";
        for articles in [article, ""] {
            let xml = format!("<?xml version=\"1.0\"?>\n<PubmedArticleSet>{articles}{delete}</PubmedArticleSet>\n");
            let (titles, problems) = fed(xml.as_bytes(), "p.xml");
            let expected: &[&str] = if articles.is_empty() { &["-12", "-34"] } else { &["T", "-12", "-34"] };
            assert_eq!(titles, expected, "{problems:?}");
        }
    }
}
