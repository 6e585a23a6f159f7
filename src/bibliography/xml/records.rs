//! The records of an XML file, one at a time, within bounds. A record that is no XML costs itself.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::tree::{Element, Node};
use crate::bibliography::{Library, Lines, Problem, ReadError, Source};
use crate::work::Work;

/// Elements inside each other beyond this are refused: no format here comes near it.
const DEEPEST: usize = 200;

/// Problems of one kind that are listed for a file.
const LISTED: usize = 20;

/// What is damaged is known only where it does not fit, which may be the end of the file; so often is the file read
/// again, at most, to find whole records behind what is damaged.
const MOST_READ_AGAIN: usize = 8;

/// Reads a file: every element that `is_record` names is made a tree and handed over. Document types with an internal
/// subset are refused, since what they can define has no bounds; of entities only the five of XML are known.
///
/// # Errors
/// When the file is not XML and nothing of it could be read.
pub(in crate::bibliography) fn read_records(
    source: &Source,
    format: &'static str,
    is_record: fn(&str) -> bool,
    mut works_of: impl FnMut(Element) -> Vec<Work>,
) -> Result<Library, ReadError> {
    let mut works = Vec::new();
    let reading = read_elements(source, is_record, |element| works.extend(works_of(element)));
    reading.library(works, format)
}

/// What came of reading a file beside its records.
pub(in crate::bibliography) struct Reading {
    problems: Vec<Problem>,
    /// Line, column and reason of the first place that is no XML.
    failed: Option<(usize, usize, String)>,
}

impl Reading {
    /// The works of a file.
    ///
    /// # Errors
    /// When the file is not XML and nothing of it could be read.
    pub fn library(self, works: Vec<Work>, format: &'static str) -> Result<Library, ReadError> {
        let mut library = Library { works, problems: self.problems };
        if library.works.is_empty() {
            if let Some((line, column, reason)) = self.failed {
                return Err(ReadError::NotOfFormat { format, line, column, reason });
            }
            let message = format!("there is no record of {format} in the file: look whether that is its format");
            library.problems.push(Problem { message, line: 1, column: 1, key: None });
        }
        Ok(library)
    }
}

/// Hands over every element that `is_record` names. One that is no XML is left out and said, and reading goes on with
/// the next.
pub(in crate::bibliography) fn read_elements(
    source: &Source,
    is_record: fn(&str) -> bool,
    mut take: impl FnMut(Element),
) -> Reading {
    let text = source.text();
    let mut lines = Lines::new(text);
    let mut reading = Reading { problems: source.problem().into_iter().collect(), failed: None };
    let (mut from, mut furthest, mut read_again, mut unknown) = (0, 0, 0_usize, 0_usize);
    loop {
        let mut pass = Pass { text, from, is_record, begun: None, unknown: Vec::new() };
        let (at, stop) = pass.run(&mut take);
        let at = at.min(text.len());
        for (at, name) in pass.unknown {
            unknown += 1;
            if unknown <= LISTED {
                let message = format!("the entity &{name}; is not known and was kept as it is");
                reading.problems.push(problem(&mut lines, at, message));
            }
        }
        read_again += at.min(furthest).saturating_sub(from);
        furthest = at.max(furthest);
        let reason = match stop {
            Stop::End => return reading,
            Stop::Damaged(reason) if read_again <= MOST_READ_AGAIN * text.len() => {
                match next_record(text, pass.begun.unwrap_or(at) + 1, is_record) {
                    Some(next) => {
                        from = next;
                        let message = match pass.begun {
                            Some(begun) => format!(
                                "the record that begins in line {} is no XML and was left out: {reason}; repair it here",
                                lines.at(begun).0
                            ),
                            None => format!("this is no XML and was left out up to the next record: {reason}"),
                        };
                        reading.problems.push(problem(&mut lines, at, message));
                        let (line, column) = lines.at(at);
                        reading.failed.get_or_insert((line, column, reason));
                        continue;
                    }
                    None => reason,
                }
            }
            Stop::Damaged(reason) | Stop::Refused(reason) => reason,
        };
        let message = format!("the file is no XML from here on, and the rest was not read: {reason}");
        reading.problems.push(problem(&mut lines, at, message));
        let (line, column) = lines.at(at);
        reading.failed.get_or_insert((line, column, reason));
        return reading;
    }
}

/// Where the next start of a record stands. A name inside a remark may be taken for one: what follows tells.
fn next_record(text: &str, from: usize, is_record: fn(&str) -> bool) -> Option<usize> {
    // The damage may stand before a character of several bytes.
    let from = (from..=text.len()).find(|at| text.is_char_boundary(*at))?;
    text[from..].match_indices('<').map(|(at, _)| from + at).find(|at| {
        let rest = &text[at + 1..];
        let end =
            rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.'))).unwrap_or(rest.len());
        let name = &rest[..end];
        is_record(name.rsplit(':').next().unwrap_or(name))
    })
}

/// Why a pass over the file stopped.
enum Stop {
    End,
    /// What comes after can be read.
    Damaged(String),
    /// Nothing after can be trusted.
    Refused(String),
}

/// One pass over a part of a file, up to its end or what is damaged.
struct Pass<'t> {
    text: &'t str,
    /// Byte offset of where it begins.
    from: usize,
    is_record: fn(&str) -> bool,
    /// Byte offset of the record that is being read.
    begun: Option<usize>,
    /// Byte offsets and names of entities that are not known.
    unknown: Vec<(usize, String)>,
}

impl Pass<'_> {
    /// Where and why it stopped.
    fn run(&mut self, take: &mut impl FnMut(Element)) -> (usize, Stop) {
        let mut reader = Reader::from_str(&self.text[self.from..]);
        // Behind a damage, ends of elements come whose starts were not read.
        reader.config_mut().allow_unmatched_ends = self.from > 0;
        let mut open: Vec<Element> = Vec::new();
        let mut outer = 0_usize;
        loop {
            let at = self.from + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => return (at, Stop::Damaged(error.to_string())),
            };
            match event {
                Event::Start(start) => {
                    if open.len() + outer >= DEEPEST {
                        return (at, Stop::Damaged("its elements are nested too deeply".to_owned()));
                    }
                    let name = local_name(&start);
                    if open.is_empty() && !(self.is_record)(&name) {
                        outer += 1;
                    } else {
                        if open.is_empty() {
                            self.begun = Some(at);
                        }
                        open.push(element(name, &start));
                    }
                }
                Event::Empty(start) => {
                    let element = element(local_name(&start), &start);
                    match open.last_mut() {
                        Some(parent) => parent.children.push(Node::Element(element)),
                        None if (self.is_record)(&element.name) => take(element),
                        None => {}
                    }
                }
                Event::End(_) => match open.pop() {
                    None => outer = outer.saturating_sub(1),
                    Some(done) => match open.last_mut() {
                        Some(parent) => parent.children.push(Node::Element(done)),
                        None => {
                            self.begun = None;
                            take(done);
                        }
                    },
                },
                Event::Text(words) => match words.decode() {
                    Ok(words) => add_text(&mut open, &words),
                    Err(error) => return (at, Stop::Damaged(error.to_string())),
                },
                Event::CData(words) => match words.decode() {
                    Ok(words) => add_text(&mut open, &words),
                    Err(error) => return (at, Stop::Damaged(error.to_string())),
                },
                Event::GeneralRef(reference) => {
                    let name = reference.decode().unwrap_or_default().into_owned();
                    match reference.resolve_char_ref().ok().flatten().or_else(|| predefined(&name)) {
                        Some(c) => add_text(&mut open, c.encode_utf8(&mut [0; 4])),
                        None => {
                            add_text(&mut open, &format!("&{name};"));
                            if self.unknown.len() < LISTED {
                                self.unknown.push((at, name));
                            }
                        }
                    }
                }
                Event::DocType(doctype) if doctype.contains(&b'[') => {
                    let reason = "it defines entities or elements of its own: take the part in […] out";
                    return (at, Stop::Refused(reason.to_owned()));
                }
                Event::Eof if outer > 0 || !open.is_empty() => {
                    return (at, Stop::Damaged("it ends inside an element".to_owned()));
                }
                Event::Eof => return (at, Stop::End),
                _ => {}
            }
        }
    }
}

fn problem(lines: &mut Lines, at: usize, message: String) -> Problem {
    let (line, column) = lines.at(at);
    Problem { message, line, column, key: None }
}

fn predefined(entity: &str) -> Option<char> {
    Some(match entity {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

fn local_name(start: &BytesStart) -> String {
    String::from_utf8_lossy(start.local_name().as_ref()).into_owned()
}

fn element(name: String, start: &BytesStart) -> Element {
    let attributes = start.attributes().filter_map(Result::ok).map(|attribute| {
        let name = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
        let value = attribute.unescape_value().map(std::borrow::Cow::into_owned);
        (name, value.unwrap_or_else(|_| String::from_utf8_lossy(&attribute.value).into_owned()))
    });
    Element { name, attributes: attributes.collect(), children: Vec::new() }
}

/// White space between elements is kept: it separates the words of mixed content.
fn add_text(open: &mut [Element], words: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(text)) => text.push_str(words),
        _ => parent.children.push(Node::Text(words.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::Field;

    fn titles(xml: &str) -> Result<Library, ReadError> {
        let source = Source::decode(xml.as_bytes());
        read_records(
            &source,
            "test",
            |name| name == "r",
            |record| {
                let mut work = Work::default();
                work.set(Field::Title, record.markup());
                vec![work]
            },
        )
    }

    #[test]
    fn records_text_and_entities() {
        let library = titles("<?xml version='1.0'?><!DOCTYPE x PUBLIC 'a' 'b'><x:l xmlns:x='u'><x:r>a &lt;b&gt; &#233;\n <i>c</i><![CDATA[ &d]]></x:r><r/></x:l>").unwrap();
        assert_eq!(library.works[0].get(Field::Title), Some("a <b> é <i>c</i> &d"));
        assert_eq!((library.works.len(), library.problems.len()), (2, 0));
        let library = titles("<l><r>&nbsp;x</r></l>").unwrap();
        assert_eq!(library.works[0].get(Field::Title), Some("&nbsp;x"));
        assert_eq!(library.problems[0].message, "the entity &nbsp; is not known and was kept as it is");
    }

    #[test]
    fn what_is_refused() {
        let message = |xml: &str| titles(xml).unwrap_err().to_string();
        assert!(message("<!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>").contains("entities or elements of its own"));
        assert!(message(&"<a>".repeat(300)).contains("nested too deeply"));
        assert!(message("<a><r>").contains("ends inside an element"));
        let cut = titles("<l><r>a</r><r>b").unwrap();
        assert_eq!((cut.works.len(), cut.problems.len()), (1, 1));
    }

    #[test]
    fn a_damaged_record_costs_itself() {
        let read = |damaged: &str| {
            let library = titles(&format!("<l>\n<r>a</r>\n{damaged}\n<r>c</r>\n<r>d</r>\n</l>")).unwrap();
            let texts: Vec<String> =
                library.works.iter().map(|w| w.get(Field::Title).unwrap_or_default().to_owned()).collect();
            (texts.join(" "), library.problems.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        for damaged in ["<r>b<i></r>", "<r>b</i></r>", "<r>b", "<r>b<", "<r><i>b</b></i></r>"] {
            let (texts, said) = read(damaged);
            assert_eq!(texts, "a c d", "{damaged}");
            assert!(
                said.len() == 1 && said[0].contains("the record that begins in line 3 is no XML"),
                "{damaged}: {said:?}"
            );
        }
        for damaged in ["</l>", "<r x='>b</r>"] {
            let (texts, said) = read(damaged);
            assert_eq!(texts, "a c d");
            assert_eq!(said.len(), 1, "{damaged}: {said:?}");
        }
    }

    #[test]
    fn many_damaged_records_are_read_in_linear_time() {
        let text = format!("<l>{}</l>", "<r>".repeat(100_000));
        assert!(titles(&text).is_err());
        let text = format!("<l>{}<r>z</r></l>", "<r><i></r>".repeat(20_000));
        assert_eq!(titles(&text).unwrap().works.len(), 1);
    }
}
