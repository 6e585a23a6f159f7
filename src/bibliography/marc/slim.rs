//! MARCXML (“MARC 21 slim”), alone or in the answers of a catalogue's service.

use super::{Field, Record, without_marks, work};
use crate::bibliography::xml::{Element, read_records};
use crate::bibliography::{Library, ReadError, Source, Spec};
use crate::text::collapse_spaces;

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "marcxml",
    aliases: &["marc-xml"],
    extensions: &["marcxml"],
    sniff: |head| {
        let is_xml = head.trim_start().starts_with('<');
        is_xml && (head.contains("loc.gov/MARC21/slim") || head.contains("<datafield") || head.contains(":datafield"))
    },
    read,
    write: None,
};

fn read(source: &Source) -> Result<Library, ReadError> {
    // Services put the records into elements of the same name.
    read_records(
        source,
        SPEC.name,
        |name| name == "record",
        |element| records(&element).map(|r| work::work(&r)).collect(),
    )
}

fn records(element: &Element) -> impl Iterator<Item = Record> {
    let is_record = |e: &Element| e.child("datafield").is_some();
    let inner = if is_record(element) { vec![element] } else { element.below("record") };
    inner.into_iter().filter(move |e| is_record(e)).map(record)
}

fn record(element: &Element) -> Record {
    let tag = |e: &Element| e.attribute("tag").unwrap_or_default().to_owned();
    // Its characters count by their places.
    let placed = |e: &Element| e.words();
    let indicator = |e: &Element, name| e.attribute(name).and_then(|value| value.chars().next()).unwrap_or(' ');
    Record {
        leader: element.child("leader").map(placed).unwrap_or_default(),
        control: element.all("controlfield").map(|e| (tag(e), placed(e))).collect(),
        fields: element
            .all("datafield")
            .map(|e| Field {
                tag: tag(e),
                indicators: [indicator(e, "ind1"), indicator(e, "ind2")],
                subfields: e
                    .all("subfield")
                    .filter_map(|s| {
                        let value = without_marks(&collapse_spaces(&s.words()));
                        Some((s.attribute("code")?.chars().next()?, value))
                    })
                    .collect(),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use crate::bibliography::read;
    use crate::work::{Field, Name, Role, WorkKind};

    #[test]
    fn records_in_the_answer_of_a_service() {
        let xml = r#"<zs:searchRetrieveResponse xmlns:zs="u"><zs:records><zs:record><zs:recordData>
            <record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 c 4500</leader>
            <controlfield tag="008">160824s2016    gw ||||| |||| 10||||ger  </controlfield>
            <datafield tag="020" ind1=" " ind2=" "><subfield code="a">9780306406157 (pbk.)</subfield></datafield>
            <datafield tag="245" ind1="1" ind2="0"><subfield code="a">Tides /</subfield><subfield code="c">Ada Holm.</subfield></datafield>
            <datafield tag="100" ind1="1" ind2=" "><subfield code="a">Holm, Ada,</subfield><subfield code="4">aut</subfield></datafield>
            <datafield tag="264" ind1=" " ind2="1"><subfield code="a">Harbour :</subfield><subfield code="b">Press,</subfield><subfield code="c">[2016?]</subfield></datafield>
            </record></zs:recordData></zs:record></zs:records></zs:searchRetrieveResponse>"#;
        let library = read(xml.as_bytes(), None).unwrap();
        assert_eq!((library.works.len(), &library.problems[..]), (1, &[][..]));
        let work = &library.works[0];
        assert_eq!((work.kind, work.get(Field::Title)), (WorkKind::Book, Some("Tides")));
        assert_eq!(work.names(Role::Author), [Name::person("Holm", "Ada")]);
        assert_eq!((work.get(Field::Isbn), work.get(Field::PublisherPlace)), (Some("9780306406157"), Some("Harbour")));
        assert_eq!(work.year(), Some(2016));
    }
}
