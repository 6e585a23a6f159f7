//! MODS, the metadata of libraries. Source: MODS 3.8 of the Library of Congress, and its mapping from MARC.

mod kinds;
mod read;
mod write;

pub(in crate::bibliography) use kinds::role_of_relator;

use crate::bibliography::Spec;

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "mods",
    aliases: &[],
    extensions: &["mods"],
    sniff: |head| head.contains("loc.gov/mods") || head.contains("<mods") || head.contains("<mods:mods"),
    read: read::read,
    write: Some(write::write),
};

#[cfg(test)]
mod tests {
    use crate::bibliography::{Format, read, write};
    use crate::work::{DateField, Field, Role, WorkKind};

    #[test]
    fn parts_pages_and_collections() {
        let work = |inner: &str| read(format!("<mods>{inner}</mods>").as_bytes(), None).unwrap().works.remove(0);
        let part = work(
            "<titleInfo><title>Plays</title><partNumber>Vol. 4</partNumber><partName>Comedies</partName></titleInfo>",
        );
        assert_eq!(part.get(Field::Title), Some("Plays. Vol. 4: Comedies"));
        let page = work(
            "<titleInfo><title>T</title></titleInfo><relatedItem type='host'><titleInfo><title>Site</title></titleInfo></relatedItem>\
            <physicalDescription><internetMediaType>text/html</internetMediaType></physicalDescription><location><url>http://example.org/</url></location>",
        );
        assert_eq!((page.kind, page.get(Field::ContainerTitle)), (WorkKind::Webpage, Some("Site")));
        let hearing = work(
            "<extension><collectionCode>CHRG</collectionCode></extension><originInfo><issuance>monographic</issuance></originInfo>",
        );
        assert_eq!(hearing.kind, WorkKind::Hearing);
    }

    #[test]
    fn a_record_comes_back() {
        let xml = r#"<mods xmlns="http://www.loc.gov/mods/v3" ID="holm2004"><titleInfo><nonSort>The</nonSort><title>tides</title><subTitle>a study</subTitle></titleInfo>
            <name type="personal"><namePart type="family">Holm</namePart><namePart type="given">Ada</namePart><role><roleTerm type="text">author</roleTerm></role></name>
            <name type="corporate"><namePart>Ferry Board</namePart><role><roleTerm type="code">aut</roleTerm></role></name>
            <genre>article</genre><relatedItem type="host"><titleInfo><title>Journal of Ferries</title></titleInfo>
            <originInfo><issuance>continuing</issuance><dateIssued encoding="w3cdtf">2004-05</dateIssued></originInfo>
            <part><detail type="volume"><number>12</number></detail><detail type="issue"><number>3</number></detail>
            <extent unit="pages"><start>34</start><end>56</end></extent></part><identifier type="issn">1234-5679</identifier></relatedItem>
            <identifier type="doi">10.5555/a</identifier></mods>"#;
        let library = read(xml.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!(work.kind, WorkKind::ArticleJournal);
        assert_eq!(work.get(Field::Title), Some("The tides: a study"));
        assert_eq!(work.names(Role::Author).len(), 2);
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05");
        assert_eq!((work.get(Field::Volume), work.get(Field::Page)), (Some("12"), Some("34–56")));
        let written = write(&library.works, Format::from_name("mods").unwrap());
        assert_eq!(read(written.as_bytes(), None).unwrap(), library, "{written}");
    }
}
