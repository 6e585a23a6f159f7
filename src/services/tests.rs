//! Services that answer like the real ones, and services that answer slowly, wrongly, hugely or with malice.

use std::time::Duration;

use super::client::Client;
use super::test_server::{Reply, Server};
use super::{Answer, Cache, Keys, Service, ServiceError, ServiceSource, Settings, Wanted};
use crate::matching::{NoticeKind, WorkSource};
use crate::reference::parse;
use crate::work::{Doi, Field};

const RECORD: &str = r#"{"status": "ok", "message-type": "work", "message": {"DOI": "10.5555/ferry.7", "type": "journal-article",
    "title": ["On ferries"], "author": [{"family": "Roe", "given": "Ann"}], "container-title": ["Annals of Samples"],
    "issued": {"date-parts": [[2004, 3]]}, "volume": "3", "page": "5-9", "reference-count": 2,
    "updated-by": [{"type": "retraction", "DOI": "10.5555/NOTICE.1", "updated": {"date-parts": [[2010, 1, 2]]}}]}}"#;

fn client(service: Service, server: &Server) -> Client {
    client_with(service, server, &Cache::default())
}

fn client_with(service: Service, server: &Server, cache: &Cache) -> Client {
    let settings = Settings {
        mailto: Some("me@example.org".to_owned()),
        urls: [(service, server.url.clone())].into(),
        ..Settings::default()
    };
    let keys = Keys { crossref: Some("secret".to_owned()), pubmed: Some("key".to_owned()), ..Keys::default() };
    Client::new(service, &settings, &keys, cache).expect("the address can be asked").hasty(Duration::from_millis(400))
}

fn doi(text: &str) -> Doi {
    text.parse().expect("a DOI")
}

/// Asks a service for a DOI.
fn ask(service: Service, server: &Server) -> Result<Answer, ServiceError> {
    let client = client(service, server);
    let doi = doi("10.5555/ferry.7");
    let wanted = Wanted::Doi(&doi);
    match service {
        Service::Crossref => super::crossref::ask(&client, wanted),
        Service::DoiOrg => super::doi_org::ask(&client, wanted),
        Service::Pubmed => super::pubmed::ask(&client, wanted),
        Service::Openalex => super::openalex::ask(&client, wanted),
        Service::Datacite => super::datacite::ask(&client, wanted),
        Service::EuropePmc => super::europe_pmc::ask(&client, wanted),
    }
    .expect("the service knows DOIs")
}

fn titles(answer: &Answer) -> Vec<&str> {
    answer.records.iter().filter_map(|record| record.work.get(Field::Title)).collect()
}

#[test]
fn crossref_is_asked_by_doi() {
    let server = Server::start(|_, _| Reply::ok(RECORD));
    let answer = ask(Service::Crossref, &server).unwrap();
    assert_eq!(titles(&answer), ["On ferries"]);
    assert_eq!(answer.asked.len(), "2026-01-01".len());
    let notice = &answer.records[0].notices[0];
    assert_eq!((notice.kind, notice.date.as_str()), (NoticeKind::Retraction, "2010-01-02"));
    assert_eq!(notice.notice, "10.5555/notice.1");
    let head = &server.asked()[0];
    assert!(head.starts_with("GET /works/10.5555%2Fferry.7?mailto=me%40example.org HTTP/1.1\n"), "{head}");
    assert!(head.to_lowercase().contains("crossref-plus-api-token: bearer secret"), "{head}");
}

#[test]
fn crossref_is_asked_by_a_printed_reference() {
    let list = r#"{"status": "ok", "message-type": "work-list", "message": {"items": [
        {"DOI": "10.5555/a", "title": ["On ferries"], "volume": "3"},
        {"DOI": "10.5555/c", "title": ["On boats"]}]}}"#;
    let server = Server::start(move |_, _| Reply::ok(list));
    let client = client(Service::Crossref, &server);
    let raw = "Roe, A. (2004). On ferries. Annals of Samples, 3, 5–9.";
    let parsed = parse(raw);
    let answer = super::crossref::ask(&client, Wanted::Reference { raw, work: &parsed.work }).unwrap().unwrap();
    assert_eq!(titles(&answer), ["On ferries", "On boats"]);
    assert!(server.asked()[0].starts_with("GET /works?query.bibliographic=Roe%2C%20A.%20%282004%29."));
}

#[test]
fn pubmed_is_asked_by_citation_and_then_for_the_record() {
    let record = "<?xml version=\"1.0\"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>123</PMID><Article>\
        <Journal><JournalIssue><Volume>3</Volume><PubDate><Year>2004</Year></PubDate></JournalIssue><Title>Annals of Samples</Title></Journal>\
        <ArticleTitle>On ferries.</ArticleTitle><PublicationTypeList><PublicationType>Retracted Publication</PublicationType></PublicationTypeList>\
        </Article></MedlineCitation></PubmedArticle></PubmedArticleSet>";
    let server = Server::start(move |_, path| match path {
        path if path.starts_with("/ecitmatch.cgi?") => Reply::ok("Annals of Samples|2004|3|5|Roe|1|123\n"),
        path if path.starts_with("/efetch.fcgi?") && path.contains("id=123") => Reply::ok(record),
        _ => Reply::status(400),
    });
    let client = client(Service::Pubmed, &server);
    let raw = "Roe, A. (2004). On ferries. Annals of Samples, 3, 5–9.";
    let parsed = parse(raw);
    let answer = super::pubmed::ask(&client, Wanted::Reference { raw, work: &parsed.work }).unwrap().unwrap();
    assert_eq!(titles(&answer), ["On ferries"]);
    assert_eq!(answer.records[0].notices[0].kind, NoticeKind::Retraction);
    let head = &server.asked()[0];
    assert!(head.contains("bdata=Annals%20of%20Samples%7C2004%7C3%7C5%7CRoe%7C1%7C"), "{head}");
    assert!(head.contains("tool=citetrail") && head.contains("api_key=key"), "{head}");
}

/// A search that has no exact hit answers with something else.
#[test]
fn a_record_of_another_doi_is_no_answer_of_pubmed() {
    let server = Server::start(|_, path| match path {
        path if path.starts_with("/esearch.fcgi?") => Reply::ok(r#"{"esearchresult": {"idlist": ["99"]}}"#),
        _ => Reply::ok(
            "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>99</PMID><Article><ArticleTitle>Else</ArticleTitle>\
             </Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
        ),
    });
    assert_eq!(ask(Service::Pubmed, &server).unwrap().records, []);
}

#[test]
fn the_other_services_are_asked_by_doi() {
    let bodies = [
        (
            Service::DoiOrg,
            "/10.5555/ferry.7",
            r#"{"type": "article-journal", "DOI": "10.5555/ferry.7", "title": "On ferries"}"#,
        ),
        (
            Service::Openalex,
            "/works/doi:10.5555%2Fferry.7",
            r#"{"id": "https://openalex.org/W1", "doi": "https://doi.org/10.5555/ferry.7", "display_name": "On ferries", "title": "On ferries", "is_retracted": true}"#,
        ),
        (
            Service::Datacite,
            "/dois/10.5555%2Fferry.7",
            r#"{"data": {"id": "10.5555/ferry.7", "type": "dois", "attributes": {"doi": "10.5555/ferry.7", "titles": [{"title": "On ferries"}], "publicationYear": 2004}}}"#,
        ),
        (
            Service::EuropePmc,
            "/search?query=DOI%3A%2210.5555%2Fferry.7%22",
            r#"{"hitCount": 1, "resultList": {"result": [{"doi": "10.5555/ferry.7", "title": "On ferries.", "authorString": "Roe A.", "pubYear": "2004"}]}}"#,
        ),
    ];
    for (service, path, body) in bodies {
        let server = Server::start(move |_, _| Reply::ok(body));
        let answer = ask(service, &server).unwrap_or_else(|error| panic!("{service} {error}"));
        assert_eq!(titles(&answer), ["On ferries"], "{service}");
        assert!(server.asked()[0].starts_with(&format!("GET {path}")), "{}", server.asked()[0]);
        assert_eq!(answer.records[0].notices.len(), usize::from(service == Service::Openalex));
    }
}

#[test]
fn what_a_service_does_not_know_is_an_answer_without_records() {
    let server = Server::start(|_, _| Reply::status(404));
    for service in [Service::Crossref, Service::DoiOrg, Service::Openalex, Service::Datacite] {
        assert_eq!(ask(service, &server).unwrap().records, [], "{service}");
    }
}

#[test]
fn a_busy_or_failing_service_is_asked_again() {
    let server = Server::start(|number, _| match number {
        0 => Reply::with(429, "Retry-After: 0"),
        1 => Reply::status(502),
        2 => Reply::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"message\":".to_vec()),
        _ => Reply::ok(RECORD),
    });
    assert_eq!(titles(&ask(Service::Crossref, &server).unwrap()), ["On ferries"]);
    assert_eq!(server.asked().len(), 4);
}

#[test]
fn a_service_that_stays_down_cannot_tell_and_is_left_alone() {
    let server = Server::start(|_, _| Reply::status(500));
    let client = client(Service::Crossref, &server);
    let doi = doi("10.5555/ferry.7");
    let ask = || super::crossref::ask(&client, Wanted::Doi(&doi)).unwrap();
    for _ in 0..4 {
        assert_eq!(ask(), Err(ServiceError::Status(500)));
    }
    let before = server.asked().len();
    assert_eq!(ask(), Err(ServiceError::GivenUp));
    assert_eq!(server.asked().len(), before);
}

#[test]
fn a_wait_of_an_hour_is_not_waited() {
    let server = Server::start(|_, _| Reply::with(429, "Retry-After: 3600"));
    assert_eq!(ask(Service::Crossref, &server), Err(ServiceError::Busy(Some(3600))));
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn slow_huge_and_packed_answers_are_bounded() {
    let server = Server::start(|_, _| Reply::Silence);
    assert_eq!(ask(Service::Crossref, &server), Err(ServiceError::Timeout));
    let server = Server::start(|_, _| Reply::Endless);
    let error = ask(Service::DoiOrg, &server).unwrap_err();
    assert!(matches!(error, ServiceError::TooLarge(_) | ServiceError::Timeout), "{error}");
    // Ten megabytes of zeros, packed into ten kilobytes.
    let bomb = gzip(&vec![b' '; 10 << 20]);
    assert!(bomb.len() < 100_000);
    let server = Server::start(move |_, _| Reply::Full(200, vec!["Content-Encoding: gzip".to_owned()], bomb.clone()));
    assert_eq!(ask(Service::DoiOrg, &server), Err(ServiceError::TooLarge(8 << 20)));
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).and_then(|()| packed.finish()).expect("memory can be written")
}

#[test]
fn wrong_answers_are_no_answers() {
    for body in ["", "hello", "[]", "{}", "{\"message\": 3}", "{\"message\": {\"items\": 7}}", "<html>Down</html>"] {
        for service in Service::ALL {
            let server = Server::start(move |_, _| Reply::ok(body));
            match ask(service, &server) {
                Err(ServiceError::Unreadable(_)) => {}
                // An empty list is one a service may well send.
                Ok(answer) => {
                    assert!(answer.records.iter().all(|r| r.work.get(Field::Title).is_none()), "{service}: {body}")
                }
                Err(error) => panic!("{service}: {body}: {error}"),
            }
        }
    }
    let server = Server::start(|_, _| Reply::Full(200, Vec::new(), vec![0xff, 0xfe, 0x80]));
    assert!(matches!(ask(Service::DoiOrg, &server), Err(ServiceError::Unreadable(_))));
}

#[test]
fn redirects_are_followed_on_the_own_host_and_not_into_the_private_net() {
    let server = Server::start(|number, _| match number {
        0 => Reply::with(302, "Location: /elsewhere"),
        _ => Reply::ok(r#"{"type": "book", "title": "On ferries"}"#),
    });
    assert_eq!(titles(&ask(Service::DoiOrg, &server).unwrap()), ["On ferries"]);
    for location in
        ["http://127.0.0.1:1/", "https://127.0.0.1/", "https://10.0.0.1/", "file:///etc/passwd", "https://[::1]/x"]
    {
        let header = format!("Location: {location}");
        let server = Server::start(move |_, _| Reply::with(302, &header));
        let error = ask(Service::DoiOrg, &server).unwrap_err();
        assert_eq!(error, ServiceError::Redirect(location.to_owned()));
    }
    let server = Server::start(|_, _| Reply::with(302, "Location: /again"));
    assert!(matches!(ask(Service::DoiOrg, &server), Err(ServiceError::Redirect(_))));
    assert_eq!(server.asked().len(), 6);
}

#[test]
fn answers_are_kept_without_keys_and_not_asked_for_twice() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::new(Some(folder.path().to_owned()), 30);
    let server = Server::start(|_, _| Reply::ok(RECORD));
    let doi = doi("10.5555/ferry.7");
    for _ in 0..3 {
        let client = client_with(Service::Crossref, &server, &cache);
        assert_eq!(super::crossref::ask(&client, Wanted::Doi(&doi)).unwrap().unwrap().records.len(), 1);
    }
    assert_eq!(server.asked().len(), 1);
    let kept: Vec<_> = walk(folder.path());
    assert_eq!(kept.len(), 1);
    let text = std::fs::read_to_string(&kept[0]).unwrap();
    assert!(!text.contains("secret") && !text.contains("me@example.org") && !text.contains("me%40"), "{text}");
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn several_threads_ask_all_services() {
    let server = Server::start(|_, _| Reply::status(404));
    let urls = Service::ALL.map(|service| (service, server.url.clone())).into();
    let settings = Settings { ask: vec![Service::Crossref, Service::DoiOrg], urls, ..Settings::default() };
    let sources = ServiceSource::all(&settings, &Keys::default(), &Cache::default()).unwrap();
    assert_eq!(sources.iter().map(ServiceSource::service).collect::<Vec<_>>(), [Service::Crossref, Service::DoiOrg]);
    let doi = doi("10.5555/ferry.7");
    std::thread::scope(|scope| {
        let ask = || sources.iter().map(|source| source.by_doi(&doi).unwrap()).collect::<Vec<_>>();
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(ask)).collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), [None, None]);
        }
    });
    assert_eq!(server.asked().len(), 6);
}

#[test]
fn addresses_of_the_settings_are_checked() {
    let settings = |url: &str| Settings { urls: [(Service::Crossref, url.to_owned())].into(), ..Settings::default() };
    for url in ["http://api.crossref.org", "no address", ""] {
        let error = ServiceSource::all(&settings(url), &Keys::default(), &Cache::default()).unwrap_err();
        assert_eq!(error, ServiceError::Address(url.to_owned()));
    }
}

#[test]
fn settings_are_read() {
    let settings: Settings = toml::from_str(
        "ask = [\"crossref\", \"pubmed\"]\nmailto = \"me@example.org\"\nkeep-days = 7\n[urls]\ncrossref = \"https://mirror.example.org\"\n",
    )
    .unwrap();
    assert_eq!(settings.ask, [Service::Crossref, Service::Pubmed]);
    assert_eq!((settings.kept_days(), settings.urls.len()), (7, 1));
    assert!(toml::from_str::<Settings>("ask = [\"google\"]").is_err());
    // A service that wants a key is asked by default only when there is one.
    let none = Settings::default().services(&Keys::default());
    assert!(!none.contains(&Service::Openalex));
    let keys = Keys::read(|name| (name == "OPENALEX_API_KEY").then(|| "k".to_owned()));
    assert!(Settings::default().services(&keys).contains(&Service::Openalex));
    assert!(!format!("{keys:?}").contains('k') || format!("{keys:?}").contains("given"));
}
