//! Text, number and date variables.

use super::kind::csl_names;

csl_names! {
    /// A text or number variable of a work: the variables of CSL 1.0.2, appendix IV, that are facts of the work.
    /// (`citation-number`, `citation-label`, `first-reference-note-number`, `locator` and `page-first` are the processor's.)
    Field {
        Abstract = "abstract",
        Annote = "annote",
        Archive = "archive",
        ArchiveCollection = "archive_collection",
        ArchiveLocation = "archive_location",
        ArchivePlace = "archive-place",
        Authority = "authority",
        CallNumber = "call-number",
        ChapterNumber = "chapter-number",
        CollectionNumber = "collection-number",
        CollectionTitle = "collection-title",
        CollectionTitleShort = "collection-title-short",
        ContainerTitle = "container-title",
        ContainerTitleShort = "container-title-short",
        Dimensions = "dimensions",
        Division = "division",
        Doi = "DOI",
        Edition = "edition",
        EventPlace = "event-place",
        EventTitle = "event-title",
        Genre = "genre",
        Isbn = "ISBN",
        Issn = "ISSN",
        Issue = "issue",
        Jurisdiction = "jurisdiction",
        Keyword = "keyword",
        Language = "language",
        License = "license",
        Medium = "medium",
        Note = "note",
        Number = "number",
        NumberOfPages = "number-of-pages",
        NumberOfVolumes = "number-of-volumes",
        OriginalPublisher = "original-publisher",
        OriginalPublisherPlace = "original-publisher-place",
        OriginalTitle = "original-title",
        Page = "page",
        PartNumber = "part-number",
        PartTitle = "part-title",
        Pmcid = "PMCID",
        Pmid = "PMID",
        PrintingNumber = "printing-number",
        Publisher = "publisher",
        PublisherPlace = "publisher-place",
        References = "references",
        ReviewedGenre = "reviewed-genre",
        ReviewedTitle = "reviewed-title",
        Scale = "scale",
        Section = "section",
        Source = "source",
        Status = "status",
        SupplementNumber = "supplement-number",
        Title = "title",
        TitleShort = "title-short",
        Url = "URL",
        Version = "version",
        Volume = "volume",
        VolumeTitle = "volume-title",
        VolumeTitleShort = "volume-title-short",
        YearSuffix = "year-suffix",
    }
}

csl_names! {
    /// A date variable of a work (CSL 1.0.2, appendix IV).
    DateField {
        Accessed = "accessed",
        AvailableDate = "available-date",
        EventDate = "event-date",
        Issued = "issued",
        OriginalDate = "original-date",
        Submitted = "submitted",
    }
}
